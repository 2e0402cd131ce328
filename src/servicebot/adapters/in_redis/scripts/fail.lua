-- now, conversation, token, wait (us)
local conversation = ARGV[2]
local c = P .. ':c:' .. conversation
if not holds(conversation, ARGV[3]) or redis.call('HGET', c, 'leased') ~= '1' then
  return 0
end
put(P .. ':due', NOW + arg_number(4), conversation)
redis.call('HINCRBY', c, 'tries', 1)
redis.call('HSET', c, 'leased', 0)
return 1
