-- Adds an account, unless there are too many or its name is taken.
-- KEYS: accounts
-- ARGV: name, the account, how many there may be
local limit = tonumber(ARGV[3])
if limit > 0 and redis.call('HLEN', KEYS[1]) >= limit then return 'full' end
return redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2]) == 1 and 'added' or 'taken'
