-- Changes or removes an account, unless somebody else has changed it since it was read.
-- KEYS: accounts, changes, looks
-- ARGV: name, the account as it was read, the account as it is to be, or nothing, whether to tell all servers that
--       sessions of it have ended, and looks of the name
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
if ARGV[3] ~= '' then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
else
  redis.call('HDEL', KEYS[1], ARGV[1])
  for i = 5, #ARGV do
    if redis.call('HGET', KEYS[3], ARGV[i]) == ARGV[1] then redis.call('HDEL', KEYS[3], ARGV[i]) end
  end
end
if ARGV[4] == '1' then redis.call('SPUBLISH', KEYS[2], ARGV[1]) end
return 1
