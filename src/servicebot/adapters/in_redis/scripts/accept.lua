-- now, conversation, channel/message id, body, line, most waiting, lifetime of the dedupe key (s)
-- -> 1 new, 0 duplicate, 2 full
local conversation, seen = ARGV[2], P .. ':seen:' .. ARGV[3]
if not redis.call('SET', seen, '1', 'NX', 'EX', ARGV[7]) then
  redis.call('EXPIRE', seen, ARGV[7]) -- a write, so that WAIT waits for the copy of the first try too
  return 0
end
local mail = P .. ':mail:' .. conversation
if redis.call('LLEN', mail) >= arg_number(6) then
  redis.call('DEL', seen)
  return 2
end
local position = redis.call('HINCRBY', P .. ':c:' .. conversation, 'position', 1)
redis.call('RPUSH', mail, position .. ' ' .. digits(NOW) .. ' ' .. ARGV[4])
redis.call('ZADD', P .. ':due', 'NX', digits(NOW), conversation)
redis.call('INCR', P .. ':depth')
if ARGV[5] ~= '' then
  add_line(conversation, ARGV[5])
end
return 1
