-- Creates a room, unless there is one. Returns it and its log.
-- KEYS: room, log
-- ARGV: seconds to keep, then the fields of a new room; without any, nothing is created
if #ARGV > 0 and redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('HSET', KEYS[1], 'seq', 0, 'change', 0, 'roster', '0-0', 'amended', '0-0', unpack(ARGV, 2))
  redis.call('EXPIRE', KEYS[1], ARGV[1])
end
return { redis.call('HGETALL', KEYS[1]), redis.call('ZRANGE', KEYS[2], 0, -1) }
