-- now -> key, state and body of each open move, oldest first
local found = {}
for _, key in ipairs(redis.call('ZRANGE', P .. ':moves', 0, -1)) do
  local move = redis.call('HMGET', P .. ':m:' .. key, 'state', 'body')
  table.insert(found, {key, move[1], move[2]})
end
return found
