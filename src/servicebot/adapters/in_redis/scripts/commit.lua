-- now, conversation, token, position, state, turn id, receipt, channel/message id, answers,
-- lifetime of answers (s), from when it is pushed (us, negative: not at all), channel, recipient, message id,
-- number of lines, lines and bodies in turn, number of tickets, five values for each
-- -> 1, or 0 where the lease was lost
local conversation = ARGV[2]
if not holds(conversation, ARGV[3]) or head_of(conversation) ~= ARGV[4] then
  return 0
end
redis.call('LPOP', P .. ':mail:' .. conversation)
redis.call('DECR', P .. ':depth')
redis.call('INCR', P .. ':handled')
redis.call('HSET', P .. ':c:' .. conversation, 'state', ARGV[5])
release(conversation)

local at, push = 16, arg_number(11)
for rank = 0, arg_number(15) - 1 do
  add_line(conversation, ARGV[at])
  if push >= 0 then
    local id = redis.call('INCR', P .. ':outid')
    redis.call('HSET', P .. ':o:' .. id, 'conversation', conversation, 'channel', ARGV[12],
      'recipient', ARGV[13], 'reply_to', ARGV[14], 'rank', rank, 'body', ARGV[at + 1],
      'next', digits(math.max(NOW, push)), 'lease', 0, 'token', 0, 'tries', 0)
    redis.call('RPUSH', P .. ':out:' .. conversation, id)
  end
  at = at + 2
end
if push >= 0 then
  refresh_outbox(conversation)
end
redis.call('SET', P .. ':answers:' .. ARGV[8], ARGV[9], 'EX', ARGV[10])

-- The same turn twice is one receipt, at its first place.
redis.call('ZADD', P .. ':unrecorded', 'NX', redis.call('INCR', P .. ':receipts'), ARGV[6])
redis.call('HSET', P .. ':receipt', ARGV[6], ARGV[7])

for _ = 1, arg_number(at) do
  local id, state, taken, ended, body = unpack(ARGV, at + 1, at + 5)
  redis.call('SET', P .. ':t:' .. id, body)
  for _, set in ipairs({'waiting', 'taken'}) do
    redis.call(state == set and 'SADD' or 'SREM', P .. ':tickets:' .. set, id)
  end
  if taken ~= '' then
    put(P .. ':tickets:taken_at', tonumber(taken), id)
  else
    redis.call('ZREM', P .. ':tickets:taken_at', id)
  end
  if state == 'left' then
    put(P .. ':tickets:left_at', tonumber(ended), id)
  end
  if ended ~= '' then
    redis.call('EXPIRE', P .. ':t:' .. id, LINES_S)
  end
  at = at + 5
end
return 1
