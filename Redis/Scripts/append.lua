-- Appends to the log of a room, unless its roster has changed since the writer folded it or, for an amendment, anything
-- was amended. Without entries, only reads.
-- KEYS: room, log, bell
-- ARGV: epoch, seq, change and token of the entry that the writer has folded last, roster, amended, exact, token of
--       this call, first seq to keep, seconds to keep both, or 0 for no longer,
--       if the last entry amends a message: its seq, how, the message, and what to keep of what is overtaken,
--       then for each entry: the event, the seat that it sets, the seat that it gives up, whether it sets the state of
--       the room, and the rest of it
-- Returns what follows the place, and the ids of the entries, none if they were not taken; or id and token of the last
-- entry, if the writer's is after it or another; or two empty texts, if there is no room; or nothing, if this life of
-- the room has ended.
local room, log, bell = unpack(KEYS)
local epoch, after_seq, after_change, after_token, expected_roster, expected_amended, exact, token, keep_from,
  seconds, of, how, message, overtaken = unpack(ARGV, 1, 14)
local FIRST, FIELDS = 15, 5

local known, seq, change, roster, amended, last =
  unpack(redis.call('HMGET', room, 'epoch', 'seq', 'change', 'roster', 'amended', 'last'))
if not known then return { '', '' } end
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
  if not kept or message == '' then return end
  local last_edit = kept:match('[^\n]*\n[^\n]*\n[^\n]*\n[^\n]*\n([^\n]*)') or ''
  rewrite(kept, message, how == 'Edited' and edit or how ~= 'Removed' and last_edit or nil)
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

local place, head = after_seq .. '-' .. after_change, string.format('%d-%d', seq, change)
local after, ids, last_token = {}, {}, after_token
if place ~= head or last ~= head .. ' ' .. after_token then
  -- A server of an earlier version leaves the token of another entry.
  local id, by = (last or ''):match('(%S*) ?(%S*)')
  last_token = id == head and by or ''
  local found = last_token
  if place ~= head then
    after = redis.call('ZRANGEBYSCORE', log, score(place), '+inf')
    id, by = (after[1] or ''):match('([^\n]*)\n([^\n]*)')
    found = id == place and by or ''
    if id == place then table.remove(after, 1) end
  end
  if tonumber(after_seq) > seq or (tonumber(after_seq) == seq and tonumber(after_change) > change)
    or (found ~= after_token and found ~= '' and after_token ~= '') then
    return { head, last_token }
  end
end

for _, entry in ipairs(after) do
  local id, by = entry:match('([^\n]*)\n([^\n]*)')
  if by == token then ids[#ids + 1] = id end        -- taken before, but the answer was lost
end
if #ids > 0 or #ARGV < FIRST or (#after > 0
  and (exact == '1' or roster ~= expected_roster or (of ~= '' and amended ~= expected_amended))) then
  keep()
  return { after, ids }
end

local rings = { token, head }
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
  ids[#ids + 1], head = id, id
  for _, line in ipairs({ id, event, rest }) do rings[#rings + 1] = line end
end
redis.call('HSET', room, 'seq', seq, 'change', change, 'roster', roster, 'amended', amended,
  'last', head .. ' ' .. token)
-- The changes of the roster before the first event stay, so that a reader can tell if it misses any.
redis.call('ZREMRANGEBYSCORE', log, '-inf', score(string.format('%d-0', keep_from - 1)))
keep()
rings[#rings + 1] = last_token
redis.call('SPUBLISH', bell, table.concat(rings, '\n'))
return { after, ids }
