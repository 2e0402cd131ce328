-- now, kind (waiting, taken, taken_at, left_at), since (us) -> id and body in turn
local kind = ARGV[2]
local key = P .. ':tickets:' .. kind
local ids
if kind == 'waiting' or kind == 'taken' then
  ids = redis.call('SMEMBERS', key)
else
  ids = redis.call('ZRANGEBYSCORE', key, ARGV[3], '+inf')
end
local found = {}
for _, id in ipairs(ids) do
  local body = redis.call('GET', P .. ':t:' .. id)
  if body then
    table.insert(found, id)
    table.insert(found, body)
  end
end
return found
