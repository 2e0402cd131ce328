-- now, kind (waiting, taken, taken_at, left_at), since (us) -> bodies
local kind = ARGV[2]
local key = P .. ':tickets:' .. kind
local ids
if kind == 'waiting' or kind == 'taken' then
  ids = redis.call('SMEMBERS', key)
else
  ids = redis.call('ZRANGEBYSCORE', key, ARGV[3], '+inf')
end
local bodies = {}
for _, id in ipairs(ids) do
  local body = redis.call('GET', P .. ':t:' .. id)
  if body then
    table.insert(bodies, body)
  end
end
return bodies
