-- Ends this life of a room, unless its roster has changed.
-- KEYS: room, log, bell
-- ARGV: epoch, roster, or nothing for whatever it is, and what to say
local epoch, roster = unpack(redis.call('HMGET', KEYS[1], 'epoch', 'roster'))
if epoch ~= ARGV[1] then return -1 end
if ARGV[2] ~= '' and roster ~= ARGV[2] then return 0 end
redis.call('SPUBLISH', KEYS[3], ARGV[3])
return redis.call('DEL', KEYS[1], KEYS[2])
