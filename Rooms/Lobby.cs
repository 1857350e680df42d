using System.Collections.Concurrent;

namespace RoomChat.Rooms;

public sealed class Lobby : IDisposable
{
    /// <summary>The maximum delay of anything due by time.</summary>
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<Code, Room> _rooms = new();
    private readonly DirectChatIndex _directChats = new();
    private readonly RoomEnvironment _environment;
    private readonly Counters _counters = new();
    private readonly ITimer _sweeper;
    private int _count;             // _rooms.Count takes every lock of the dictionary
    private volatile bool _isStopping;

    public Lobby(Limits limits, TimeProvider time, ActivityFeed activity, IReservedNames? reservedNames = null)
    {
        _environment = new RoomEnvironment(limits, time, activity, _counters, reservedNames);
        _sweeper = time.CreateTimer(_ => Sweep(), null, SweepInterval, Timeout.InfiniteTimeSpan);
    }

    public int Rooms => Volatile.Read(ref _count);
    public int Members => _counters.Members;
    public long Bytes => _counters.Bytes;

    public long Messages => _counters.Messages;

    public long Deliveries => _counters.Deliveries;

    public bool IsStopping => _isStopping;

    public Room? Find(Code code) => _rooms.GetValueOrDefault(code);

    public Room? Find(Code code, Name? account) => Find(code) is { } room && room.Admits(account) ? room : null;

    public Outcome<Room> Create() => CreateNew(pair: null);

    public Outcome<Room> OpenDirect(Name from, Name with) =>
        _directChats.GetOrAdd(new DirectPair(from, with), CreateNew);

    public Room? FindDirect(Name from, Name with) => _directChats.Find(new DirectPair(from, with));

    public IReadOnlyList<Room> DirectChatsOf(Name account) => _directChats.Of(account);

    /// <summary>Creates a room under the code of a closed one. Does nothing if the room is open.</summary>
    public Outcome<(Room Room, bool IsNew)> Reopen(Code code, Name? account)
    {
        while (true)
        {
            var room = Find(code);
            if (room is { IsClosed: false }) return room.Admits(account) ? (room, false) : Reason.RoomNotFound;
            if (room is not null) Remove(room);
            if (WhyNotCreate() is { } reason) return reason;
            if (TryAdd(code, isReopened: true) is { } reopened) return (reopened, true);
        }
    }

    public Outcome<Joined>? Return(Room room, JoinRequest request, IReader? reader = null, Member? current = null)
    {
        if (_isStopping) return (Outcome<Joined>)Reason.Stopping;
        if (room.Return(request, reader, current) is not { } joined) return null;
        LeaveFormerRoom(current, joined);
        return joined;
    }

    /// <summary>Also leaves the previous room. A refused join changes nothing.</summary>
    public Outcome<Joined> Join(Room room, JoinRequest request, IReader? reader = null, Member? current = null)
    {
        if (_isStopping) return Reason.Stopping;
        var outcome = room.Join(request, reader);
        if (outcome.TryGet(out var joined, out _)) LeaveFormerRoom(current, joined);
        return outcome;
    }

    public void CloseSessions(Func<AccountIdentity, bool> hasEnded)
    {
        foreach (var (_, room) in _rooms) room.CloseSessions(hasEnded);
    }

    public void Stop() => _isStopping = true;

    public void Dispose() => _sweeper.Dispose();

    private static void LeaveFormerRoom(Member? former, Joined joined)
    {
        if (former is not null && former != joined.Member) former.Room.Leave(former);
    }

    private Reason? WhyNotCreate() =>
        _isStopping ? Reason.Stopping
        : _environment.Limits.Rooms > 0 && Rooms >= _environment.Limits.Rooms ? Reason.ServerFull
        : null;

    private Outcome<Room> CreateNew(DirectPair? pair)
    {
        while (true)
        {
            if (WhyNotCreate() is { } reason) return reason;
            if (TryAdd(Code.New(), pair: pair) is { } room) return room;
        }
    }

    private Room? TryAdd(Code code, bool isReopened = false, DirectPair? pair = null)
    {
        // Counted first and undone on failure, so that concurrent calls cannot exceed the limit.
        if (Interlocked.Increment(ref _count) <= _environment.Limits.Rooms || _environment.Limits.Rooms == 0)
        {
            var room = new Room(code, pair, _environment);
            if (_rooms.TryAdd(code, room))
            {
                _environment.Activity.Publish(new RoomOpened(room.CreatedAt, code, isReopened, pair));
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
        _directChats.Remove(room);
        _environment.Activity.Publish(new RoomClosed(_environment.UtcNow, room.Code));
    }

    private void Sweep()
    {
        foreach (var (_, room) in _rooms)
            if (!room.Sweep()) Remove(room);
        if (_counters.Bytes > _environment.Limits.TotalBytes) TrimLongestIdle();
        _sweeper.Change(SweepInterval, Timeout.InfiniteTimeSpan);
    }

    private void TrimLongestIdle()
    {
        // A snapshot, since sizes change during the sort.
        var rooms = _rooms.Values.Select(room => (Room: room, room.LastActive)).OrderBy(pair => pair.LastActive);
        foreach (var (room, _) in rooms)
        {
            var excess = _counters.Bytes - _environment.Limits.TotalBytes;
            if (excess <= 0) return;
            room.TrimOldest(excess);
        }
    }
}
