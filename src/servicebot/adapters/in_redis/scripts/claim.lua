-- now, lease (us) -> nothing, or conversation, token, head, state, tries, now
local due = P .. ':due'
local conversation = redis.call('ZRANGEBYSCORE', due, '-inf', digits(NOW), 'LIMIT', 0, 1)[1]
if not conversation then
  return false
end
redis.call('ZREM', due, conversation)
local head = redis.call('LINDEX', P .. ':mail:' .. conversation, 0)
if not head then
  return false
end
local c = P .. ':c:' .. conversation
local known = redis.call('HMGET', c, 'token', 'state', 'tries', 'leased')
local tries = tonumber(known[3] or 0)
if known[4] == '1' then
  tries = tries + 1 -- its lease ran out: a message that kills its worker must not do so for ever
end
-- Above the last one and above the clock: it rises even where a failover has lost a claim.
local token = math.max(tonumber(known[1] or 0) + 1, NOW)
redis.call('ZADD', due, digits(NOW + arg_number(2)), conversation)
redis.call('HSET', c, 'token', digits(token), 'leased', 1, 'tries', tries)
return {conversation, digits(token), head, known[2] or '', tostring(tries), digits(NOW)}
