using System.Collections.Concurrent;

namespace RoomChat.Rooms;

/// <summary>All rooms, by their codes.</summary>
public sealed class Lobby : IDisposable
{
    /// <summary>How late something that is due by time may come.</summary>
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<Code, Room> _rooms = new();
    private readonly Limits _limits;
    private readonly TimeProvider _time;
    private readonly Feed _feed;
    private readonly IReservations? _reservations;
    private readonly Dictionary<(string, string), Room> _directs = [];     // also the lock for it
    private readonly Tally _tally = new();
    private readonly ITimer _sweeper;
    private int _count;             // _rooms.Count would take every lock of the dictionary
    private volatile bool _stopping;

    public Lobby(Limits limits, TimeProvider time, Feed feed, IReservations? reservations = null)
    {
        (_limits, _time, _feed, _reservations) = (limits, time, feed, reservations);
        _sweeper = time.CreateTimer(_ => Sweep(), null, SweepEvery, Timeout.InfiniteTimeSpan);
    }

    public int Rooms => Volatile.Read(ref _count);
    public int Members => _tally.Members;
    public long Bytes => _tally.Bytes;

    /// <summary>Messages that were written since the start.</summary>
    public long Messages => _tally.Messages;

    /// <summary>Events that were handed to members since the start.</summary>
    public long Deliveries => _tally.Deliveries;

    /// <summary>The room as it is found by whoever has this account, or none.</summary>
    public Outcome<Room> Find(string? typed, Name? account = null) =>
        Code.TryParse(typed, out var code) && _rooms.TryGetValue(code, out var room) && room.Admits(account) ? room : Reason.RoomNotFound;

    /// <summary>Who shows this seat with a request to this room.</summary>
    public Outcome<Member> Recognize(string? typed, string? seat) =>
        Code.TryParse(typed, out var code) && _rooms.TryGetValue(code, out var room) ? room.Recognize(seat) : Reason.RoomNotFound;

    public Outcome<Room> Create() => OpenNew();

    /// <summary>The room of exactly these two, the same from either side.</summary>
    public Outcome<Room> OpenDirect(Name from, Name with)
    {
        var pair = new Pair(from, with);
        lock (_directs)
        {
            if (_directs.TryGetValue(pair.Key, out var room) && room.Stays()) return room;
            var outcome = OpenNew(pair);
            if (outcome.Granted(out var opened, out _)) _directs[pair.Key] = opened;
            return outcome;
        }
    }

    public Room? FindDirect(Name from, Name with)
    {
        lock (_directs) { return _directs.TryGetValue(new Pair(from, with).Key, out var room) && !room.IsClosed ? room : null; }
    }

    /// <summary>The direct chats of somebody that live.</summary>
    public IReadOnlyList<Room> DirectsOf(Name name)
    {
        lock (_directs) { return [.. _directs.Values.Where(room => room.Pair!.Holds(name))]; }
    }

    /// <summary>Makes a room anew under a code that has died; where it lives, nothing happens.</summary>
    public Outcome<Room> Reopen(string? typed, Name? account = null) => Reopen(typed, account, out _);

    public Outcome<Room> Reopen(string? typed, Name? account, out bool made)
    {
        made = false;
        if (typed is null) return Reason.BadRequest;
        if (!Code.TryParse(typed, out var code)) return Reason.RoomNotFound;
        while (true)
        {
            if (_rooms.TryGetValue(code, out var room) && !room.IsClosed) return room.Admits(account) ? room : Reason.RoomNotFound;
            if (room is not null) Remove(room);
            if (Refusal() is { } reason) return reason;
            if (TryOpen(code, again: true) is not { } opened) continue;
            made = true;
            return opened;
        }
    }

    /// <summary>
    /// Joining a room leaves the one the reader was in before; a refused join changes nothing.
    /// Without a reader, whoever joins asks for what comes.
    /// </summary>
    public Outcome<Joined> Join(JoinRequest request, IReader? reader = null, Member? current = null)
    {
        if (_stopping) return Reason.Stopping;
        if (request.Room is null || request.After < 0) return Reason.BadRequest;
        if (!Code.TryParse(request.Room, out var code) || !_rooms.TryGetValue(code, out var room)) return Reason.RoomNotFound;

        var outcome = room.Join(request, reader, current);
        if (outcome.Granted(out var joined, out _) && current is not null && current != joined.Member) current.Room.Leave(current);
        return outcome;
    }

    /// <summary>Some sessions are over: whoever is in a room by one of them is let go.</summary>
    public void Expel(Func<Owner, bool> isOver)
    {
        foreach (var (_, room) in _rooms) room.Expel(isOver);
    }

    /// <summary>True where joining would be coming back.</summary>
    public bool IsReturn(JoinRequest request, Member? current = null) =>
        Code.TryParse(request.Room, out var code) && _rooms.TryGetValue(code, out var room) && room.IsReturn(request, current);

    /// <summary>From now on nobody comes in and no room is made.</summary>
    public void Stop() => _stopping = true;

    public void Dispose() => _sweeper.Dispose();

    private Reason? Refusal() =>
        _stopping ? Reason.Stopping
        : _limits.Rooms > 0 && Rooms >= _limits.Rooms ? Reason.ServerFull
        : null;

    private Outcome<Room> OpenNew(Pair? pair = null)
    {
        while (true)
        {
            if (Refusal() is { } reason) return reason;
            if (TryOpen(Code.New(), pair: pair) is { } room) return room;
        }
    }

    private Room? TryOpen(Code code, bool again = false, Pair? pair = null)
    {
        // The place is taken first and given back, so that rooms made at once cannot be more than the limit.
        if (Interlocked.Increment(ref _count) <= _limits.Rooms || _limits.Rooms == 0)
        {
            var room = new Room(code, pair, _limits, _time, _feed, _tally, _reservations);
            if (_rooms.TryAdd(code, room))
            {
                _feed.Publish(new RoomOpened(room.CreatedAt, code, again, pair));
                return room;
            }
        }
        Interlocked.Decrement(ref _count);
        return null;
    }

    private void Remove(Room room)
    {
        if (!_rooms.TryRemove(KeyValuePair.Create(room.Code, room))) return;
        Interlocked.Decrement(ref _count);
        if (room.Pair is { } pair) Forget(pair, room);
        _feed.Publish(new RoomClosed(_time.GetUtcNow(), room.Code));
    }

    private void Forget(Pair pair, Room room)
    {
        lock (_directs)
        {
            if (_directs.TryGetValue(pair.Key, out var current) && current == room) _directs.Remove(pair.Key);
        }
    }

    private void Sweep()
    {
        foreach (var (_, room) in _rooms)
            if (!room.Sweep()) Remove(room);
        if (_tally.Bytes > _limits.TotalBytes) GiveUpOldest();
        _sweeper.Change(SweepEvery, Timeout.InfiniteTimeSpan);
    }

    private void GiveUpOldest()
    {
        // Idleness is read once: it changes while it is sorted by.
        foreach (var (room, _) in _rooms.Values.Select(room => (room, room.LastActive)).OrderBy(pair => pair.LastActive))
        {
            var excess = _tally.Bytes - _limits.TotalBytes;
            if (excess <= 0) return;
            room.GiveUpOldest(excess);
        }
    }
}
