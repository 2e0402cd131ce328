-- now, name, what one takes (us), what the bucket holds (us) -> 0, or the wait in us
local bucket = P .. ':bucket:' .. ARGV[2]
local full = math.max(tonumber(redis.call('GET', bucket) or 0), NOW) + arg_number(3)
local wait = full - NOW - arg_number(4)
if wait > 0 then
  return math.ceil(wait)
end
redis.call('SET', bucket, digits(full), 'PX', math.ceil((full - NOW) / 1000))
return 0
