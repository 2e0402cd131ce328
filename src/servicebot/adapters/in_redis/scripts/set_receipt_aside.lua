-- now, turn id, why -> 1, or 0 where there is no such receipt
local body = redis.call('HGET', P .. ':receipt', ARGV[2])
if not body then
  return 0
end
redis.call('ZREM', P .. ':unrecorded', ARGV[2])
redis.call('HDEL', P .. ':receipt', ARGV[2])
redis.call('INCR', P .. ':aside')
redis.call('XADD', P .. ':unreadable', '*', 'kind', 'receipt', 'id', ARGV[2], 'why', ARGV[3], 'body', body)
return 1
