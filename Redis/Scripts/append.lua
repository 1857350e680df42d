-- Appends to the log of a room, unless its roster has changed since the writer folded it or, for an amendment, anything
-- was amended. Without entries, only reads.
-- KEYS: room, log, bell
-- ARGV: epoch, seq and change of the writer's place, roster, amended, exact, token, first seq to keep,
--       seconds to keep both, or 0 for no longer,
--       if the last entry amends a message: its seq, how, the message, and what to keep of what is overtaken,
--       then for each entry: the event, the seat that it sets, the seat that it gives up, whether it sets the state of
--       the room, and the rest of it
-- Returns what follows the place, and the ids of the entries, none if they were not taken; nothing if this life of
-- the room has ended.
local room, log, bell = unpack(KEYS)
local epoch, after_seq, after_change, expected_roster, expected_amended, exact, token, keep_from, seconds,
  of, how, message, overtaken = unpack(ARGV, 1, 13)
local FIRST, FIELDS = 14, 5

local known, seq, change, roster, amended =
  unpack(redis.call('HMGET', room, 'epoch', 'seq', 'change', 'roster', 'amended'))
if known ~= epoch then return false end
seq, change = tonumber(seq), tonumber(change)

-- Of an id like 12-3. Entries stand in this order.
local function score(id)
  local of_seq, of_change = id:match('(%d+)-(%d+)')
  return string.format('%d', of_seq * 4194304 + of_change)
end

-- An entry is a line each for its id, the token, the event and the rest, and for the id of the last edit of a message.
local function rewrite(entry, event, last_edit)
  local id, by, _, rest = entry:match('([^\n]*)\n([^\n]*)\n([^\n]*)\n([^\n]*)')
  redis.call('ZREM', log, entry)
  redis.call('ZADD', log, score(id), table.concat({ id, by, event, rest, last_edit }, '\n'))
end

local function at(id) return redis.call('ZRANGEBYSCORE', log, score(id), score(id))[1] end

-- The message is overwritten, and so is what earlier amendments hold of it.
local function amend(edit)
  local kept = at(of .. '-0')
  if not kept then return end
  local last_edit = kept:match('[^\n]*\n[^\n]*\n[^\n]*\n[^\n]*\n([^\n]*)') or ''
  rewrite(kept, message, how == 'Edited' and edit or how == 'Reacted' and last_edit or nil)
  if how == 'Edited' and last_edit ~= '' and at(last_edit) then rewrite(at(last_edit), overtaken) end
  if how ~= 'Removed' then return end
  for _, entry in ipairs(redis.call('ZRANGEBYSCORE', log, '(' .. score(of .. '-0'), '+inf')) do
    if entry:find('"Of":' .. of .. '[,}]') then rewrite(entry, overtaken) end
  end
end

-- A little longer than asked, so that not every call has to renew it.
local function keep()
  if seconds == '0' or redis.call('TTL', log) >= tonumber(seconds) then return end
  for i = 1, 2 do redis.call('EXPIRE', KEYS[i], math.ceil(seconds * 1.1)) end
end

local place = after_seq .. '-' .. after_change
if tonumber(after_seq) > seq or (tonumber(after_seq) == seq and tonumber(after_change) > change) then
  -- Something that was appended is lost.
  redis.call('HSET', room, 'epoch', string.sub(redis.sha1hex(epoch .. token), 1, #epoch))
  redis.call('SPUBLISH', bell, 'ended')
  return false
end

local after, ids = {}, {}
if place ~= string.format('%d-%d', seq, change) then
  after = redis.call('ZRANGEBYSCORE', log, '(' .. score(place), '+inf')
end
for _, entry in ipairs(after) do
  local id, by = entry:match('([^\n]*)\n([^\n]*)')
  if by == token then ids[#ids + 1] = id end        -- taken before, but the answer was lost
end
if #ids > 0 or #ARGV < FIRST or roster ~= expected_roster or (of ~= '' and amended ~= expected_amended)
  or (exact == '1' and #after > 0) then
  keep()
  return { after, ids }
end

local rings = { token, string.format('%d-%d', seq, change) }
for i = FIRST, #ARGV, FIELDS do
  local event, set, given_up, has_state, rest = unpack(ARGV, i, i + FIELDS - 1)
  if event ~= '' then seq, change = seq + 1, 0 else change = change + 1 end
  local id = string.format('%d-%d', seq, change)
  if of ~= '' and i + FIELDS > #ARGV then
    amend(id)
    amended = id
  end
  redis.call('ZADD', log, score(id), table.concat({ id, token, event, rest }, '\n'))
  if set ~= '' then redis.call('HSET', room, 'seat:' .. set, rest) end
  if given_up ~= '' then redis.call('HDEL', room, 'seat:' .. given_up) end
  if has_state == '1' then redis.call('HSET', room, 'state', rest) end
  if set ~= '' or given_up ~= '' or has_state == '1' then roster = id end
  ids[#ids + 1] = id
  for _, line in ipairs({ id, event, rest }) do rings[#rings + 1] = line end
end
redis.call('HSET', room, 'seq', seq, 'change', change, 'roster', roster, 'amended', amended)
-- The changes of the roster before the first event stay, so that a reader can tell if it misses any.
redis.call('ZREMRANGEBYSCORE', log, '-inf', score(string.format('%d-0', keep_from - 1)))
keep()
redis.call('SPUBLISH', bell, table.concat(rings, '\n'))
return { after, ids }
