-- Tells whether an account has a name, or one that looks the same.
-- KEYS: accounts, changes, looks
-- ARGV: name, its looks
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then return 1 end
for _, holder in ipairs(redis.call('HMGET', KEYS[3], unpack(ARGV, 2))) do
  if holder and redis.call('HEXISTS', KEYS[1], holder) == 1 then return 1 end
end
return 0
