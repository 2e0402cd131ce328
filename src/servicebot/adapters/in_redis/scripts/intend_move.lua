-- now, key, loan, when it was begun (us), the state to set, the states that are open -> 1 or 0
local m = P .. ':m:' .. ARGV[2]
local state = redis.call('HGET', m, 'state')
for i = 6, #ARGV do
  if state == ARGV[i] then
    return 1
  end
end
local loan = P .. ':loan:' .. ARGV[3]
if redis.call('SCARD', loan) > 0 then
  return 0
end
redis.call('HSET', m, 'state', ARGV[5])
redis.call('ZADD', P .. ':moves', ARGV[4], ARGV[2])
redis.call('SADD', loan, ARGV[2])
return 1
