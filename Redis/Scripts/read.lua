-- Returns what follows a place in the log of a room; nothing if this life of the room has ended.
-- KEYS: room, log, bell
-- ARGV: epoch, next epoch, seq and change of the place, seconds to keep
local epoch, seq, change = unpack(redis.call('HMGET', KEYS[1], 'epoch', 'seq', 'change'))
if epoch ~= ARGV[1] then return false end
if tonumber(ARGV[3]) > tonumber(seq)
  or (ARGV[3] == seq and tonumber(ARGV[4]) > tonumber(change)) then
  redis.call('HSET', KEYS[1], 'epoch', ARGV[2])     -- something that was appended is lost
  redis.call('SPUBLISH', KEYS[3], 'ended')
  return false
end
if ARGV[5] ~= '0' then
  redis.call('EXPIRE', KEYS[1], ARGV[5])
  redis.call('EXPIRE', KEYS[2], ARGV[5])
end
return redis.call('XRANGE', KEYS[2], '(' .. ARGV[3] .. '-' .. ARGV[4], '+')
