using System.Security.Cryptography;

namespace RoomChat.Rooms;

/// <summary>
/// The rules of a room. One lock guards transcript, membership and delivery. Under it nothing awaits or calls out,
/// except to publish to the activity feed, which never waits.
/// </summary>
public sealed partial class Room
{
    private readonly Lock _gate = new();
    private readonly RoomEnvironment _environment;
    private readonly Transcript _transcript;
    private readonly Membership _members;
    private readonly SeatExpiry _seatExpiry;
    private readonly DeliveryRounds _delivery;
    private TimeSpan _lastActive;
    private bool _isClosed;

    internal Room(Code code, DirectPair? pair, RoomEnvironment environment)
    {
        (Code, Pair, _environment) = (code, pair, environment);
        (CreatedAt, _lastActive) = (environment.UtcNow, environment.Uptime);
        _transcript = new Transcript(environment);
        _members = new Membership(environment);
        _seatExpiry = new SeatExpiry(environment);
        _delivery = new DeliveryRounds(_gate, _transcript, Epoch, environment);
    }

    public Code Code { get; }

    public DirectPair? Pair { get; }

    public DateTimeOffset CreatedAt { get; }

    /// <summary>Identifies this life of the room under its code.</summary>
    public string Epoch { get; } = RandomNumberGenerator.GetHexString(12, lowercase: true);

    public int Members
    {
        get { lock (_gate) { return _members.Count; } }
    }

    public Outcome<Member> Recognize(string? seat)
    {
        lock (_gate)
        {
            if (_members.WithSeat(seat) is not { } member) return Pair is null ? Reason.NotInRoom : Reason.RoomNotFound;
            _seatExpiry.RestartAfterRequest(member);
            return member;
        }
    }

    private RoomEvent Append(EventType type, Member member, string? text = null, string? id = null)
    {
        var appended = _transcript.Append(type, member, text, id);
        _lastActive = _environment.Uptime;
        Publish(new EventAppended(Code, appended, _members.Count, IsDirect: Pair is not null));
        _delivery.Wake();
        return appended;
    }

    private void Publish(Activity activity) => _environment.Activity.Publish(activity);
}
