-- Changes or removes an account, unless somebody else has changed it since it was read.
-- KEYS: accounts, changes
-- ARGV: name, the account as it was read, the account as it is to be, or nothing, and whether to tell all servers that
--       sessions of it have ended
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
if ARGV[3] == '' then redis.call('HDEL', KEYS[1], ARGV[1]) else redis.call('HSET', KEYS[1], ARGV[1], ARGV[3]) end
if ARGV[4] == '1' then redis.call('SPUBLISH', KEYS[2], ARGV[1]) end
return 1
