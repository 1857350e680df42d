-- Gives a claim up, unless it is another's by now.
-- KEYS: claim
-- ARGV: its value
return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('DEL', KEYS[1]) or 0
