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
    private readonly Delivery _delivery;
    private TimeSpan _lastActive;
    private bool _isClosed;

    internal Room(Code code, DirectPair? pair, RoomEnvironment environment)
    {
        (Code, Pair, _environment) = (code, pair, environment);
        (CreatedAt, _lastActive) = (environment.UtcNow, environment.Uptime);
        _transcript = new Transcript(environment);
        _members = new Membership(environment);
        _seatExpiry = new SeatExpiry(environment);
        _delivery = new Delivery(_gate, _transcript, Epoch, environment);
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

    /// <summary>A direct chat admits only its two accounts, whoever else knows its code.</summary>
    public bool Admits(Name? account) => Pair is null || (account is not null && Pair.Contains(account));

    /// <summary>The account's own name unless the request asks for another; null if that is invalid.</summary>
    public Name? NameFor(AccountIdentity? account, string? typed) =>
        account is not null && (typed is null || Pair is not null) ? account.Name
        : !Name.TryParse(typed, _environment.Limits.NameLength, out var name) ? null
        : account?.Name.Key == name.Key ? account.Name
        : name;

    /// <summary>Returns to a live seat; null if the request shows none.</summary>
    /// <param name="current">The member that this reader already is: joining the same room again is a return.</param>
    internal Joined? Return(JoinRequest request, IReader? reader, Member? current)
    {
        IReader? replaced = null;
        Joined joined;
        lock (_gate)
        {
            if (_isClosed || ReturningMember(request, current) is not { } member) return null;
            if (member.Place is not { } place || (reader is not null && reader != place.Reader))
            {
                if (member.Place is not null) replaced = Drop(member, CloseReason.Replaced);
                Publish(new MemberReturned(_environment.UtcNow, Code, member.Name.Shown));
            }
            Membership.RenewSession(member, request);
            SeatExpiry.Cancel(member);
            joined = Admit(member, request, reader, isNew: false);
        }
        replaced?.Close(CloseReason.Replaced);
        return joined;
    }

    internal Outcome<Joined> Join(JoinRequest request, IReader? reader)
    {
        lock (_gate)
        {
            if (_isClosed || !Admits(request.Account?.Name)) return Reason.RoomNotFound;
            if (!_members.Add(this, request).TryGet(out var member, out var refusal)) return refusal;
            Append(EventType.Joined, member);
            return Admit(member, request, reader, isNew: true);
        }
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

    /// <summary>An id sent again by the same name returns the first seq: the first text wins.</summary>
    public Outcome<long> Post(Member member, string? text, string? id)
    {
        if (id is not null && !MessageId.IsValid(id)) return Reason.BadRequest;
        var invalid = MessageText.Validate(text, _environment.Limits.MessageLength);
        lock (_gate)
        {
            if (!_members.Contains(member)) return Reason.NotInRoom;
            SeatExpiry.CancelAway(member);
            if (id is not null && _transcript.SeqOf(member.Name, id) is { } known) return known;
            if (invalid is { } reason) return reason;
            if (_members.TakeToken(member) is { } limited) return limited;
            return Append(EventType.Message, member, text, id).Seq;
        }
    }

    /// <summary>Held while there is nothing after the place; a newer request of the member ends it.</summary>
    public async Task<Outcome<EventPage>> ReadAsync(
        Member member, long? after, TimeSpan wait, CancellationToken cancellationToken)
    {
        EventPage page;
        LongPoll? older, poll = null;
        lock (_gate)
        {
            if (!_members.Contains(member)) return Reason.NotInRoom;
            older = _delivery.EndPoll(member);
            page = _delivery.Read(after);
            if (page is { Events: [], HasGap: false } && wait > TimeSpan.Zero)
                poll = _delivery.BeginPoll(member, page.Seq);
        }
        older?.Close();
        if (poll is null) return page;

        var batch = await poll.AnswerAsync(_environment.Time, wait, cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            if (!_members.Contains(member)) return Reason.NotInRoom;
            if (member.Poll == poll) _delivery.EndPoll(member);
            _seatExpiry.RestartAfterRequest(member);
        }
        return batch is null ? page : new EventPage(batch.Events, batch.Events[^1].Seq);
    }

    public Outcome<Done> Typing(Member member)
    {
        List<PendingWrite> writes;
        lock (_gate)
        {
            if (!_members.Contains(member)) return Reason.NotInRoom;
            SeatExpiry.CancelAway(member);
            if (_members.TakeToken(member) is { } limited) return limited;
            writes = _delivery.BeginToIdle(new TypingNotice(member.Name.Shown), except: member.Place);
        }
        _delivery.Write(writes);
        return new Done();
    }

    private Member? ReturningMember(JoinRequest request, Member? current) =>
        _members.WithSeat(request.Seat)
        ?? (current is not null && _members.Contains(current) ? current : _members.WithAccount(request));

    private Joined Admit(Member member, JoinRequest request, IReader? reader, bool isNew)
    {
        var hasGap = false;
        var seen = request.Epoch == Epoch && request.After <= _transcript.Head ? request.After : null;
        if (reader is null) _seatExpiry.RestartAfterRequest(member);
        else hasGap = _delivery.Connect(member, reader, seen, isNew);
        var hasMore = reader is not null && _delivery.HasMoreFor(member);
        return new Joined(member, _transcript.Head, _members.Roster(), hasGap, hasMore);
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
