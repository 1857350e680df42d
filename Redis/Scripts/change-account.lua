-- Changes an account and tells all servers, unless somebody else has changed it since it was read.
-- KEYS: accounts, changes
-- ARGV: name, the account as it was read, the account as it is to be
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
redis.call('SPUBLISH', KEYS[2], ARGV[1])
return 1
