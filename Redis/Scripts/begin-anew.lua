-- Begins a new life of a room that has lost the end of its log, unless it has it again.
-- KEYS: room, log, bell
-- ARGV: epoch, seq and change of the head, the new epoch, and what to say
local epoch, seq, change = unpack(redis.call('HMGET', KEYS[1], 'epoch', 'seq', 'change'))
if epoch ~= ARGV[1] or seq ~= ARGV[2] or change ~= ARGV[3] then return 0 end
redis.call('HSET', KEYS[1], 'epoch', ARGV[4])
redis.call('SPUBLISH', KEYS[3], ARGV[5])
return 1
