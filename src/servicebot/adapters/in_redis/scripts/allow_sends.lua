-- now, kind, opened by, sends, until (us)
local old = redis.call('HGET', P, ARGV[2])
if old and string.match(old, '^(.*) %d+ %d+$') == ARGV[3] then
  return 0
end
redis.call('HSET', P, ARGV[2], ARGV[3] .. ' ' .. ARGV[4] .. ' ' .. ARGV[5])
redis.call('PEXPIRE', P, digits(math.max(redis.call('PTTL', P), (arg_number(5) - NOW) / 1000, 1)))
return 1
