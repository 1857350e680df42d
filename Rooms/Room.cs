using System.Security.Cryptography;

namespace RoomChat.Rooms;

/// <summary>
/// The rules of a room. One lock guards transcript, membership and delivery. Under it nothing awaits or calls out,
/// except to publish to the activity feed, which never waits, and to begin an append, which is awaited outside.
/// </summary>
public sealed partial class Room
{
    private const int LinesPerMinute = 30;

    private readonly Lock _gate = new();
    private readonly RoomEnvironment _environment;
    private readonly RoomHeader _header;
    private readonly IRoomLog _log;
    private readonly Transcript _transcript;
    private readonly Membership _members;
    private readonly SeatExpiry _seatExpiry;
    private readonly DeliveryRounds _delivery;
    private TimeSpan _lastActive;
    private RoomState _state;
    private bool _isClosed;

    internal Room(StoredRoom stored, RoomEnvironment environment)
    {
        (_header, _log, _environment) = (stored.Header, stored.Log, environment);
        (_lastActive, _heardAt, _usedAt) = (environment.Uptime, environment.Uptime, environment.Uptime);
        _transcript = new Transcript(environment);
        _members = new Membership(environment);
        _seatExpiry = new SeatExpiry(environment);
        _delivery = new DeliveryRounds(_gate, _transcript, Epoch, environment);
        (_head, _fences, _state) = (stored.Head, stored.Fences, stored.State);
        if (environment.Store.Server is not null) _recent = new RecentEntries(stored.Head);
        _transcript.Restore(stored.Events, stored.Head.Place.Seq);
        foreach (var member in stored.Members) Fold(member, letGo: null);
    }

    public Code Code => _header.Code;

    public DirectPair? Pair => _header.Pair;

    public bool IsSealed => _header.IsSealed;

    public DateTimeOffset CreatedAt => _header.CreatedAt;

    /// <summary>Identifies this life of the room under its code.</summary>
    public string Epoch => _header.Epoch;

    public int Members
    {
        get { lock (_gate) { return _members.Count; } }
    }

    public RoomInfo Info
    {
        get { lock (_gate) { return _state.ToInfo(IsSealed); } }
    }

    internal static string NewEpoch() => RandomNumberGenerator.GetHexString(12, lowercase: true);

    /// <summary>A request with a seat moves it here, unless it is connected elsewhere.</summary>
    public ValueTask<Outcome<Member>> RecognizeAsync(string? seat)
    {
        return CommitAsync(new Operation<Member>(Decide, _ => Complete()));

        Decision<Member> Decide() =>
            _members.WithSeat(seat) is { IsConnected: false } member && !IsHere(member)
                ? Changed(new RosterChange(member.SeatHash, MovedHere(member.Row, isConnected: false)))
                : Complete();

        Outcome<Member> Complete()
        {
            if (_members.WithSeat(seat) is not { } member) return Pair is null ? Reason.NotInRoom : Reason.RoomNotFound;
            if (IsHere(member)) _seatExpiry.RestartAfterRequest(member);
            return member;
        }
    }

    /// <summary>False if another server would notice that the member is gone.</summary>
    private bool IsHere(Member member) => member.Row.Server == _environment.Store.Server;

    private RosterRow MovedHere(RosterRow row, bool isConnected) =>
        row with { Server = _environment.Store.Server, IsConnected = isConnected };

    private RoomEvent NewEvent(EventType type, RosterRow from, string? text = null, string? id = null) =>
        new(0, type, from.Name.Shown, text, _environment.UtcNow, id, from.Account is null ? null : true)
        {
            Who = from.Who,
        };

    private LogEntry NewEntry(RoomEvent? appended, RosterChange? change = null, RoomState? state = null) =>
        new(appended, change, state, _environment.Store.Server);

    private LogEntry Changed(RosterChange change, RoomState? state = null) =>
        NewEntry(appended: null, change, state);

    /// <summary>Whoever comes and goes all the time takes no more lines than others.</summary>
    private void PublishConnection(Member member, Activity activity)
    {
        if (!member.ConnectionLines.TryTake(_environment.Uptime, LinesPerMinute / 60.0, LinesPerMinute, out _))
        {
            member.HiddenLines++;
            return;
        }
        if (member.HiddenLines > 0)
            Publish(new MoreConnections(activity.At, Code, member.Name.Shown, member.HiddenLines));
        member.HiddenLines = 0;
        Publish(activity);
    }

    private void Publish(Activity activity) => _environment.Activity.Publish(activity);
}
