-- now, conversation, the bare state to leave (empty: none), number of messages, their keys, number of tickets, their ids
-- -> 1, or 0 while a message waits
local conversation = ARGV[2]
if redis.call('LLEN', P .. ':mail:' .. conversation) > 0 then
  return 0
end
for _, id in ipairs(redis.call('LRANGE', P .. ':out:' .. conversation, 0, -1)) do
  redis.call('DEL', P .. ':o:' .. id)
end
for _, kind in ipairs({'c', 'lines', 'mail', 'out', 'pushed'}) do
  redis.call('DEL', P .. ':' .. kind .. ':' .. conversation)
end
redis.call('ZREM', P .. ':due', conversation)
redis.call('ZREM', P .. ':outdue', conversation)
local at = 4
for i = at + 1, at + arg_number(at) do
  redis.call('DEL', P .. ':answers:' .. ARGV[i])
end
at = at + arg_number(at) + 1
for i = at + 1, at + arg_number(at) do
  redis.call('DEL', P .. ':t:' .. ARGV[i])
  for _, set in ipairs({'waiting', 'taken'}) do
    redis.call('SREM', P .. ':tickets:' .. set, ARGV[i])
  end
  for _, set in ipairs({'taken_at', 'left_at'}) do
    redis.call('ZREM', P .. ':tickets:' .. set, ARGV[i])
  end
end
if ARGV[3] ~= '' then
  redis.call('HSET', P .. ':c:' .. conversation, 'state', ARGV[3])
end
return 1
