-- now, conversation, id, token, wait (us), whether a try is counted (1/0)
if not holds_delivery(ARGV[3], ARGV[4]) then
  return 0
end
local o = P .. ':o:' .. ARGV[3]
redis.call('HINCRBY', o, 'tries', ARGV[6])
local due = NOW + arg_number(5)
if ARGV[6] == '0' then
  due = math.min(due, tonumber(redis.call('HGET', o, 'next')))
end
redis.call('HSET', o, 'next', digits(due), 'lease', 0)
refresh_outbox(ARGV[2])
return 1
