-- now, lease (us) -> nothing, or id, fields and values
local conversation = redis.call('ZRANGEBYSCORE', P .. ':outdue', '-inf', digits(NOW), 'LIMIT', 0, 1)[1]
if not conversation then
  return false
end
local id = redis.call('LINDEX', P .. ':out:' .. conversation, 0)
put(P .. ':outdue', NOW + arg_number(2), conversation)
redis.call('HINCRBY', P .. ':o:' .. id, 'token', 1)
redis.call('HSET', P .. ':o:' .. id, 'lease', digits(NOW + arg_number(2)))
return {id, redis.call('HGETALL', P .. ':o:' .. id)}
