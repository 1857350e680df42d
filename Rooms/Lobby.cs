using System.Collections.Concurrent;

namespace RoomChat.Rooms;

public sealed partial class Lobby : IDisposable
{
    private readonly ConcurrentDictionary<Code, Room> _rooms = new();
    private readonly IRoomStore _store;
    private readonly RoomEnvironment _environment;
    private readonly Counters _counters;
    private readonly ITimer _sweeper;
    private int _count;             // _rooms.Count takes every lock of the dictionary
    private volatile bool _isStopping;

    public Lobby(Limits limits, TimeProvider time, ActivityFeed activity, IReservedNames? reservedNames = null)
        : this(limits, time, activity, reservedNames, new InMemoryRoomStore())
    {
    }

    internal Lobby(
        Limits limits, TimeProvider time, ActivityFeed activity, IReservedNames? reservedNames, IRoomStore store,
        Instruments? instruments = null, NameRules? names = null)
    {
        _store = store;
        _counters = new Counters(instruments?.DeliveryLag);
        _environment = new RoomEnvironment(limits, time, activity, _counters, reservedNames, store)
        {
            Names = names ?? new NameRules(limits),
        };
        _sweeper = time.CreateTimer(_ => Sweep(), null, SweepInterval, Timeout.InfiniteTimeSpan);
    }

    public IEnumerable<Room> All => _rooms.Select(known => known.Value);

    public int Rooms => Volatile.Read(ref _count);
    public int Members => _counters.Members;
    public long Bytes => _counters.Bytes;

    public long Messages => _counters.Messages;

    public long Deliveries => _counters.Deliveries;

    public bool IsStopping => _isStopping;

    public bool IsReady => _store.IsReady;

    /// <summary>With other servers.</summary>
    public bool IsShared => _store.Server is not null;

    public bool Has(Code code) => _rooms.ContainsKey(code);

    /// <summary>Also finds what other servers keep.</summary>
    public ValueTask<Outcome<Room>> FindAsync(Code code) =>
        Known(code) is { } room ? new(room) : LoadAsync(code);

    public async ValueTask<Outcome<Room>> FindAsync(Code code, Name? account) =>
        Admitted(await FindAsync(code).ConfigureAwait(false), account);

    public static Outcome<Room> Admitted(Outcome<Room> found, Name? account) =>
        found.TryGet(out var room, out _) && !room.Admits(account) ? Reason.RoomNotFound : found;

    public async ValueTask<Outcome<Room>> CreateAsync(bool isSealed = false)
    {
        while (true)
        {
            var outcome = await AddAsync(Code.New(), pair: null, isReopened: false, isSealed).ConfigureAwait(false);
            if (!outcome.TryGet(out var added, out var refusal)) return refusal;
            if (added.IsNew) return added.Room;
        }
    }

    /// <summary>Creates a room under the code of a closed one. Does nothing if the room is open.</summary>
    public async ValueTask<Outcome<(Room Room, bool IsNew)>> ReopenAsync(
        Code code, Name? account, bool isSealed = false)
    {
        if (code.IsDirect)
            return (await FindAsync(code, account).ConfigureAwait(false)).TryGet(out var direct, out var gone)
                ? (direct, false)
                : gone;
        var outcome = await ReopenAsync(code, pair: null, isSealed).ConfigureAwait(false);
        return outcome.TryGet(out var opened, out _) && !opened.Room.Admits(account) ? Reason.RoomNotFound : outcome;
    }

    /// <summary>Null if the request shows no live seat.</summary>
    public async ValueTask<Outcome<Joined>?> ReturnAsync(
        Room room, JoinRequest request, IReader? reader = null, Member? current = null)
    {
        if (_isStopping) return (Outcome<Joined>)Reason.Stopping;
        if (!request.MayReturn(current)) return null;
        var outcome = await room.ReturnAsync(request, reader, current).ConfigureAwait(false);
        if (outcome.TryGet(out var joined, out var refusal))
            await LeaveFormerRoomAsync(current, joined).ConfigureAwait(false);
        return refusal?.Reason == Reason.NotInRoom ? default(Outcome<Joined>?) : outcome;
    }

    /// <summary>Also leaves the previous room. A refused join changes nothing.</summary>
    public async ValueTask<Outcome<Joined>> JoinAsync(
        Room room, JoinRequest request, IReader? reader = null, Member? current = null)
    {
        if (_isStopping) return Reason.Stopping;
        var outcome = await room.JoinAsync(request, reader).ConfigureAwait(false);
        if (outcome.TryGet(out var joined, out _)) await LeaveFormerRoomAsync(current, joined).ConfigureAwait(false);
        return outcome;
    }

    /// <summary>Keys of the names of members with accounts.</summary>
    internal IReadOnlySet<string> RegisteredNames()
    {
        HashSet<string> names = [];
        foreach (var (_, room) in _rooms) room.AddRegisteredNames(names);
        return names;
    }

    public void CloseSessions(Func<AccountIdentity, bool> hasEnded)
    {
        foreach (var (_, room) in _rooms) room.CloseSessions(hasEnded);
    }

    public void Stop() => _isStopping = true;

    public void Dispose() => _sweeper.Dispose();

    private static async ValueTask LeaveFormerRoomAsync(Member? former, Joined joined)
    {
        if (former is not null && former != joined.Member)
            await former.Room.LeaveAsync(former).ConfigureAwait(false);
    }

    private Reason? WhyNotCreate() =>
        _isStopping ? Reason.Stopping
        : _environment.Limits.Rooms > 0 && Rooms >= _environment.Limits.Rooms ? Reason.ServerFull
        : null;

    private Room? Known(Code code)
    {
        if (!_rooms.TryGetValue(code, out var room) || room.TryUse()) return room;
        Remove(room);
        return null;
    }

    private async ValueTask<Outcome<(Room Room, bool IsNew)>> ReopenAsync(
        Code code, DirectPair? pair, bool isSealed = false)
    {
        while (true)
        {
            if (Known(code) is { } room) return (room, false);
            if (WhyNotCreate() is { } reason) return reason;
            var outcome = await AddAsync(code, pair, isReopened: pair is null, isSealed).ConfigureAwait(false);
            if (!outcome.TryGet(out var added, out _) || !added.Room.IsClosed) return outcome;
        }
    }

    private async ValueTask<Outcome<Room>> LoadAsync(Code code)
    {
        var outcome = await _store.FindAsync(code).ConfigureAwait(false);
        if (!outcome.TryGet(out var stored, out var refusal)) return refusal;
        return Add(stored) is { } room ? room : Reason.ServerFull;
    }

    private async ValueTask<Outcome<(Room Room, bool IsNew)>> AddAsync(
        Code code, DirectPair? pair, bool isReopened, bool isSealed)
    {
        if (WhyNotCreate() is { } reason) return reason;
        var header = new RoomHeader(code, Room.NewEpoch(), _environment.UtcNow, pair, isSealed);
        var outcome = await _store.CreateAsync(header).ConfigureAwait(false);
        if (!outcome.TryGet(out var stored, out var refusal)) return refusal;
        if (Add(stored) is not { } room) return Reason.ServerFull;
        var isNew = room.Epoch == header.Epoch;
        if (isNew) _environment.Activity.Publish(new RoomOpened(room.CreatedAt, code, isReopened, pair));
        return (room, isNew);
    }

    /// <summary>The room that is known by then; null if there are too many.</summary>
    private Room? Add(StoredRoom stored)
    {
        // Counted first and undone on failure, so that concurrent calls cannot exceed the limit.
        if (Interlocked.Increment(ref _count) <= _environment.Limits.Rooms || _environment.Limits.Rooms == 0)
        {
            var room = new Room(stored, _environment);
            if (_rooms.TryAdd(room.Code, room))
            {
                _store.Follow(room);
                return room;
            }
            room.Discard();
        }
        Interlocked.Decrement(ref _count);
        return _rooms.GetValueOrDefault(stored.Header.Code);
    }

    private void Remove(Room room)
    {
        if (!_rooms.TryRemove(KeyValuePair.Create(room.Code, room))) return;
        Interlocked.Decrement(ref _count);
        _store.Unfollow(room);
        if (room.IsForgotten) return;
        if (room.Pair is { } pair) _store.ReleaseDirect(pair, room.Code);
        _environment.Activity.Publish(new RoomClosed(_environment.UtcNow, room.Code, room.ClosedBy));
    }
}
