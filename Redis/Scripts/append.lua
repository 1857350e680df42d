-- Appends to the log of a room, unless its roster has changed since the writer folded it. Without entries, only reads.
-- KEYS: room, log, bell
-- ARGV: epoch, next epoch, seq and change of the writer's place, roster, exact, token, first seq to keep,
--       seconds to keep both, or 0 for no longer,
--       then for each entry: event or change, the seat that it sets, the seat that it gives up, whether it sets the
--       state of the room, and the entry itself
-- Returns what follows the place, and the ids of the entries, none if they were not taken; nothing if this life of
-- the room has ended.
local epoch, seq, change, roster = unpack(redis.call('HMGET', KEYS[1], 'epoch', 'seq', 'change', 'roster'))
if epoch ~= ARGV[1] then return false end
seq, change = tonumber(seq), tonumber(change)
local place = ARGV[3] .. '-' .. ARGV[4]
if tonumber(ARGV[3]) > seq or (tonumber(ARGV[3]) == seq and tonumber(ARGV[4]) > change) then
  redis.call('HSET', KEYS[1], 'epoch', ARGV[2])     -- something that was appended is lost
  redis.call('SPUBLISH', KEYS[3], 'ended')
  return false
end

-- A little longer than asked, so that not every call has to renew it.
local function keep()
  if ARGV[9] == '0' or redis.call('TTL', KEYS[2]) >= tonumber(ARGV[9]) then return end
  for i = 1, 2 do redis.call('EXPIRE', KEYS[i], math.ceil(ARGV[9] * 1.1)) end
end

local after, ids = {}, {}
if place ~= string.format('%d-%d', seq, change) then after = redis.call('XRANGE', KEYS[2], '(' .. place, '+') end
for _, entry in ipairs(after) do
  if entry[2][2] == ARGV[7] then ids[#ids + 1] = entry[1] end    -- taken before, but the answer was lost
end
if #ids > 0 or #ARGV < 10 or roster ~= ARGV[5] or (ARGV[6] == '1' and #after > 0) then
  keep()
  return { after, ids }
end

local bell = { ARGV[7], string.format('%d-%d', seq, change) }
for i = 10, #ARGV, 5 do
  if ARGV[i] == 'event' then seq, change = seq + 1, 0 else change = change + 1 end
  local id = string.format('%d-%d', seq, change)
  local set, given_up, has_state, entry = ARGV[i + 1], ARGV[i + 2], ARGV[i + 3] == '1', ARGV[i + 4]
  redis.call('XADD', KEYS[2], id, 'token', ARGV[7], 'entry', entry)
  if set ~= '' then redis.call('HSET', KEYS[1], 'seat:' .. set, entry) end
  if given_up ~= '' then redis.call('HDEL', KEYS[1], 'seat:' .. given_up) end
  if has_state then redis.call('HSET', KEYS[1], 'state', entry) end
  if set ~= '' or given_up ~= '' or has_state then roster = id end
  ids[#ids + 1] = id
  bell[#bell + 1] = id
  bell[#bell + 1] = entry
end
redis.call('HSET', KEYS[1], 'seq', seq, 'change', change, 'roster', roster)
redis.call('XTRIM', KEYS[2], 'MINID', '~', ARGV[8])
keep()
redis.call('SPUBLISH', KEYS[3], table.concat(bell, '\n'))
return { after, ids }
