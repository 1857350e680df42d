-- Ends this life of a room, unless its roster has changed.
-- KEYS: room, log, bell
-- ARGV: epoch, roster
local epoch, roster = unpack(redis.call('HMGET', KEYS[1], 'epoch', 'roster'))
if epoch ~= ARGV[1] or roster ~= ARGV[2] then return 0 end
redis.call('SPUBLISH', KEYS[3], 'ended')
return redis.call('DEL', KEYS[1], KEYS[2])
