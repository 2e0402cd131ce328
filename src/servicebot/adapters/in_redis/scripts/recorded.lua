-- now, turn ids
for i = 2, #ARGV do
  redis.call('ZREM', P .. ':unrecorded', ARGV[i])
  redis.call('HDEL', P .. ':receipt', ARGV[i])
end
return 1
