-- now, turn id, why
local body = redis.call('HGET', P .. ':receipt', ARGV[2]) or ''
redis.call('XADD', P .. ':unreadable', '*', 'kind', 'receipt', 'id', ARGV[2], 'why', ARGV[3], 'body', body)
redis.call('ZREM', P .. ':unrecorded', ARGV[2])
redis.call('HDEL', P .. ':receipt', ARGV[2])
return 1
