-- now, conversation, id, token, fate, why
if not holds_delivery(ARGV[3], ARGV[4]) then
  return 0
end
local o = P .. ':o:' .. ARGV[3]
if ARGV[5] ~= 'sent' then
  local kept = redis.call('HGETALL', o)
  redis.call('XADD', P .. ':undeliverable', 'MAXLEN', '~', 100000, '*', 'why', ARGV[6], unpack(kept))
end
local row = redis.call('HMGET', o, 'reply_to', 'rank')
drop_delivery(ARGV[2], ARGV[3])
-- One field for each message that was answered: rank and fate of each of its answers.
local pushed = P .. ':pushed:' .. ARGV[2]
local before = redis.call('HGET', pushed, row[1]) or ''
redis.call('HSET', pushed, row[1], before .. row[2] .. ' ' .. ARGV[5] .. ',')
redis.call('EXPIRE', pushed, LINES_S)
return 1
