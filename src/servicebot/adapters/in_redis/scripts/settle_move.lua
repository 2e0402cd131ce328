-- now, key, loan, begun (us), state, body, whether it is open (1/0), whether it has its answer (1/0)
-- -> 1, or 0 where an end with its answer stands
local m = P .. ':m:' .. ARGV[2]
if redis.call('EXISTS', m) == 0 or redis.call('HGET', m, 'answered') == '1' then
  return 0
end
local loan = P .. ':loan:' .. ARGV[3]
if ARGV[7] == '1' then
  redis.call('ZADD', P .. ':moves', ARGV[4], ARGV[2])
  redis.call('SADD', loan, ARGV[2])
else
  redis.call('ZREM', P .. ':moves', ARGV[2])
  redis.call('SREM', loan, ARGV[2])
end
redis.call('HSET', m, 'state', ARGV[5], 'body', ARGV[6], 'answered', ARGV[8])
return 1
