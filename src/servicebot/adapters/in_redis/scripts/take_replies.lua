-- now, conversation, channel/message id, channel, message id, lease (us)
-- -> nothing while the turn is not done, else the deliveries
local conversation = ARGV[2]
if redis.call('EXISTS', P .. ':answers:' .. ARGV[3]) == 0 then
  return false
end
local taken = {}
for _, id in ipairs(redis.call('LRANGE', P .. ':out:' .. conversation, 0, -1)) do
  local o = P .. ':o:' .. id
  local row = redis.call('HMGET', o, 'channel', 'reply_to', 'lease')
  if row[1] == ARGV[4] and row[2] == ARGV[5] and tonumber(row[3]) <= NOW then
    redis.call('HINCRBY', o, 'token', 1)
    redis.call('HSET', o, 'lease', digits(NOW + arg_number(6)))
    table.insert(taken, {id, redis.call('HGETALL', o)})
  end
end
refresh_outbox(conversation)
return taken
