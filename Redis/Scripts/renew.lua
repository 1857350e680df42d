-- Renews the lease of a server, and says which life of Redis, which is its process, it has read its rooms from.
-- KEYS: servers
-- ARGV: server, milliseconds of the lease, the life, or nothing
-- Returns this life, how many servers have yet to read their rooms from it, and all whose lease has not ended.
local key, server, known = KEYS[1], ARGV[1], ARGV[3]
local life = redis.call('INFO', 'server'):match('run_id:(%w+)')
local now = redis.call('TIME')
local ms = now[1] * 1000 + math.floor(now[2] / 1000)
redis.call('ZADD', key, ms + ARGV[2], server)
if known ~= '' then redis.call('ZADD', key, ms + ARGV[2], server .. ' ' .. known) end
redis.call('ZREMRANGEBYSCORE', key, '-inf', ms)
local behind, servers = 0, {}
for _, member in ipairs(redis.call('ZRANGE', key, 0, -1)) do
  local name, of = member:match('(%S+) ?(%S*)')
  if of == '' then servers[#servers + 1] = name
  elseif name == server and of ~= known then redis.call('ZREM', key, member)
  elseif of ~= life then behind = behind + 1 end
end
return { life, behind, servers }
