-- now -> state and body of each open move, oldest first
local found = {}
for _, key in ipairs(redis.call('ZRANGE', P .. ':moves', 0, -1)) do
  table.insert(found, redis.call('HMGET', P .. ':m:' .. key, 'state', 'body'))
end
return found
