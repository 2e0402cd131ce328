-- now, conversation, ids of answered messages -> id, rank and fate of each of their answers
local conversation, wanted, found = ARGV[2], {}, {}
for i = 3, #ARGV do
  wanted[ARGV[i]] = true
  local ended = redis.call('HGET', P .. ':pushed:' .. conversation, ARGV[i]) or ''
  for rank, fate in string.gmatch(ended, '(%d+) (%a+),') do
    table.insert(found, {ARGV[i], rank, fate})
  end
end
for _, id in ipairs(redis.call('LRANGE', P .. ':out:' .. conversation, 0, -1)) do
  local row = redis.call('HMGET', P .. ':o:' .. id, 'reply_to', 'rank')
  if wanted[row[1]] then
    table.insert(found, {row[1], row[2], 'waiting'})
  end
end
return found
