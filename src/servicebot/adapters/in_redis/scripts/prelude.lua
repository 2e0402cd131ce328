-- Before every script. KEYS[1] is the partition's prefix with its hash tag; all keys share it.
-- Times are microseconds of the server's clock; ARGV[1] is empty, or the time in tests.
local P = KEYS[1]
local NOW
if ARGV[1] ~= '' then
  NOW = tonumber(ARGV[1])
else
  local t = redis.call('TIME')
  NOW = t[1] * 1000000 + t[2]
end

-- Lua prints large numbers with an exponent, Redis and the program want digits.
local function digits(n)
  return string.format('%.0f', n)
end

local function arg_number(i)
  return tonumber(ARGV[i])
end

-- A score is set after it was taken away: under full memory the first write must free some.
local function put(key, score, member)
  redis.call('ZREM', key, member)
  redis.call('ZADD', key, digits(score), member)
end

local function add_line(conversation, line)
  redis.call('HINCRBY', P .. ':c:' .. conversation, 'seq', 1)
  local lines = P .. ':lines:' .. conversation
  redis.call('RPUSH', lines, digits(NOW) .. ' ' .. line)
  redis.call('EXPIRE', lines, LINES_S)
end

-- The conversation waits for its first delivery that is not done.
local function refresh_outbox(conversation)
  local head = redis.call('LINDEX', P .. ':out:' .. conversation, 0)
  if not head then
    redis.call('ZREM', P .. ':outdue', conversation)
    return
  end
  local times = redis.call('HMGET', P .. ':o:' .. head, 'next', 'lease')
  put(P .. ':outdue', math.max(tonumber(times[1]), tonumber(times[2])), conversation)
end

local function drop_delivery(conversation, id)
  redis.call('LREM', P .. ':out:' .. conversation, 1, id)
  redis.call('DEL', P .. ':o:' .. id)
  refresh_outbox(conversation)
end

-- The delivery with this id if it is still leased with this token, else nothing.
local function holds_delivery(id, token)
  return redis.call('HGET', P .. ':o:' .. id, 'token') == token
end

local function holds(conversation, token)
  return redis.call('HGET', P .. ':c:' .. conversation, 'token') == token
end

local function head_of(conversation)
  local head = redis.call('LINDEX', P .. ':mail:' .. conversation, 0)
  if not head then
    return nil
  end
  return string.match(head, '^%d+')
end

-- The message is done with: the next one may be claimed, or the conversation rests.
local function release(conversation)
  local c = P .. ':c:' .. conversation
  redis.call('HSET', c, 'tries', 0, 'leased', 0)
  if redis.call('LLEN', P .. ':mail:' .. conversation) > 0 then
    put(P .. ':due', NOW, conversation)
  else
    redis.call('ZREM', P .. ':due', conversation)
  end
end
