-- now, conversation, after, most -> the sequence number before the first, then the lines
local conversation = ARGV[2]
local lines = P .. ':lines:' .. conversation
local last = tonumber(redis.call('HGET', P .. ':c:' .. conversation, 'seq') or 0)
local before = last - redis.call('LLEN', lines) -- what outlived its days is gone from the front
local from = math.max(arg_number(3), before)
local found = redis.call('LRANGE', lines, from - before, from - before + arg_number(4) - 1)
table.insert(found, 1, from)
return found
