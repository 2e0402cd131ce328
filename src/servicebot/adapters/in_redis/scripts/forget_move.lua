-- now, key, the state it was read in -> 1, or 0 where it has another one now
local m = P .. ':m:' .. ARGV[2]
if redis.call('HGET', m, 'state') ~= ARGV[3] then
  return 0
end
redis.call('DEL', m)
return 1
