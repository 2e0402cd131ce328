-- now, what (left, take, give_back), reserve or opened by -> left, or what opened the allowance
local total, first, first_until = 0, nil, nil
local all = redis.call('HGETALL', P)
for i = 1, #all, 2 do
  local opened_by, sends, ends = string.match(all[i + 1], '^(.*) (%d+) (%d+)$')
  if ARGV[2] == 'give_back' and opened_by == ARGV[3] then
    redis.call('HSET', P, all[i], opened_by .. ' ' .. (sends + 1) .. ' ' .. ends)
  end
  if tonumber(ends) > NOW and tonumber(sends) > 0 then
    total = total + tonumber(sends)
    if not first_until or tonumber(ends) < first_until then
      first_until, first = tonumber(ends), {all[i], opened_by, sends, ends}
    end
  end
end
if ARGV[2] ~= 'take' then
  return total
end
if total <= arg_number(3) then
  return false
end
redis.call('HSET', P, first[1], first[2] .. ' ' .. (first[3] - 1) .. ' ' .. first[4])
return first[2]
