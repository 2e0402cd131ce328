-- now, conversation, token, lease (us) -> 1 or 0
local conversation = ARGV[2]
if not holds(conversation, ARGV[3]) or redis.call('HGET', P .. ':c:' .. conversation, 'leased') ~= '1' then
  return 0
end
put(P .. ':due', NOW + arg_number(4), conversation)
return 1
