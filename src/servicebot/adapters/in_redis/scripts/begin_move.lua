-- now, key, state, body, loan, begun (us), whether it is open (1/0) -> state and body as they stand
local m = P .. ':m:' .. ARGV[2]
if redis.call('EXISTS', m) == 0 then
  redis.call('HSET', m, 'state', ARGV[3], 'body', ARGV[4])
  if ARGV[7] == '1' then
    redis.call('ZADD', P .. ':moves', ARGV[6], ARGV[2])
    redis.call('SADD', P .. ':loan:' .. ARGV[5], ARGV[2])
  end
end
return redis.call('HMGET', m, 'state', 'body')
