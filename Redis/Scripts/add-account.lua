-- Adds an account, unless there are too many or its name is taken, also by one that looks the same.
-- KEYS: accounts, changes, looks
-- ARGV: name, the account, how many there may be, looks of the name
local limit = tonumber(ARGV[3])
if limit > 0 and redis.call('HLEN', KEYS[1]) >= limit then return 'full' end
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then return 'taken' end
for _, holder in ipairs(redis.call('HMGET', KEYS[3], unpack(ARGV, 4))) do
  if holder and redis.call('HEXISTS', KEYS[1], holder) == 1 then return 'taken' end
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
for i = 4, #ARGV do redis.call('HSET', KEYS[3], ARGV[i], ARGV[1]) end
return 'added'
