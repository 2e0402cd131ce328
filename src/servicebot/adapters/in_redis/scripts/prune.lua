-- now -> how many entries of the views of tickets have outlived their ticket
local before = digits(NOW - LINES_S * 1000000)
redis.call('XTRIM', P .. ':unreadable', 'MINID', digits((NOW - LINES_S * 1000000) / 1000))
local gone = redis.call('ZREMRANGEBYSCORE', P .. ':tickets:taken_at', '-inf', '(' .. before)
return gone + redis.call('ZREMRANGEBYSCORE', P .. ':tickets:left_at', '-inf', '(' .. before)
