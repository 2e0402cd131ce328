-- now, conversation, id, token, why (empty: it was sent)
if not holds_delivery(ARGV[3], ARGV[4]) then
  return 0
end
if ARGV[5] ~= '' then
  local kept = redis.call('HGETALL', P .. ':o:' .. ARGV[3])
  redis.call('XADD', P .. ':undeliverable', 'MAXLEN', '~', 100000, '*', 'why', ARGV[5], unpack(kept))
end
drop_delivery(ARGV[2], ARGV[3])
return 1
