-- now, how many -> turn id and receipt in turn, oldest first
local found = {}
for _, id in ipairs(redis.call('ZRANGE', P .. ':unrecorded', 0, arg_number(2) - 1)) do
  table.insert(found, id)
  table.insert(found, redis.call('HGET', P .. ':receipt', id) or '')
end
return found
