-- now, conversation, token, position, kind, why, body, whether the message goes too (1/0)
local conversation = ARGV[2]
if not holds(conversation, ARGV[3]) or head_of(conversation) ~= ARGV[4] then
  return 0
end
if ARGV[8] == '1' then
  redis.call('LPOP', P .. ':mail:' .. conversation)
  redis.call('DECR', P .. ':depth')
  redis.call('INCR', P .. ':handled')
  release(conversation)
end
redis.call('XADD', P .. ':unreadable', '*', 'kind', ARGV[5], 'id', conversation, 'why', ARGV[6], 'body', ARGV[7])
return 1
