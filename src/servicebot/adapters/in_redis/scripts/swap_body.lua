-- now, kind (hash, list, string), key, field or index, what stands there, what shall -> 1, or 0 where it has changed
local kind, key, place = ARGV[2], ARGV[3], ARGV[4]
if kind == 'hash' then
  if redis.call('HGET', key, place) ~= ARGV[5] then
    return 0
  end
  redis.call('HSET', key, place, ARGV[6])
elseif kind == 'list' then
  if redis.call('LINDEX', key, place) ~= ARGV[5] then
    return 0
  end
  redis.call('LSET', key, place, ARGV[6])
else
  if redis.call('GET', key) ~= ARGV[5] then
    return 0
  end
  redis.call('SET', key, ARGV[6], 'KEEPTTL')
end
return 1
