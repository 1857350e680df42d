using System.Security.Cryptography;

namespace RoomChat.Rooms;

/// <summary>
/// A transcript and those who follow it. One lock guards both; nothing awaits, logs or calls out under it
/// (publishing to the feed is a bounded write that never waits).
/// </summary>
public sealed partial class Room
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Member> _names = [];
    private readonly Dictionary<string, Member> _seats = [];
    private readonly Transcript _transcript;
    private readonly Rounds _rounds;
    private readonly Limits _limits;
    private readonly TimeProvider _time;
    private readonly Feed _feed;
    private readonly Tally _tally;
    private readonly IReservations? _reservations;
    private TimeSpan _lastActive;
    private bool _closed;

    internal Room(Code code, Pair? pair, Limits limits, TimeProvider time, Feed feed, Tally tally, IReservations? reservations)
    {
        (Code, Pair, _limits, _time, _feed, _tally, _reservations) = (code, pair, limits, time, feed, tally, reservations);
        (CreatedAt, _lastActive) = (time.GetUtcNow(), Uptime);
        _transcript = new Transcript(limits, tally);
        _rounds = new Rounds(_gate, _transcript, Epoch, time, TimeSpan.FromSeconds(limits.SlowMemberSeconds), tally);
    }

    public Code Code { get; }
    /// <summary>Whose room it is, where it is a direct chat.</summary>
    public Pair? Pair { get; }

    public DateTimeOffset CreatedAt { get; }

    /// <summary>Names this life of the room under its code.</summary>
    public string Epoch { get; } = RandomNumberGenerator.GetHexString(12, lowercase: true);

    public int Members
    {
        get { lock (_gate) { return _seats.Count; } }
    }

    /// <summary>A direct chat is there for the two alone, whoever else knows its code.</summary>
    public bool Admits(Name? account) => Pair is null || (account is not null && Pair.Holds(account));

    internal bool IsClosed
    {
        get { lock (_gate) { return _closed; } }
    }

    /// <summary>Somebody wants it: where it lives, it stays for another while.</summary>
    internal bool Stays()
    {
        lock (_gate)
        {
            _lastActive = Uptime;
            return !_closed;
        }
    }

    internal TimeSpan LastActive
    {
        get { lock (_gate) { return _lastActive; } }
    }

    private TimeSpan Uptime => _time.GetElapsedTime(0);

    /// <summary>The same id from the same name again gives the same place in the transcript: the first text wins.</summary>
    public Outcome<long> Post(Member member, string? text, string? id)
    {
        if (id is not null && !MessageId.IsValid(id)) return Reason.BadRequest;
        var wrong = Text.Check(text, _limits.MessageLength);
        lock (_gate)
        {
            if (!IsIn(member)) return Reason.NotInRoom;
            EndAway(member);
            if (id is not null && _transcript.SeqOf(member.Name, id) is { } known) return known;
            if (wrong is { } reason) return reason;
            if (Limited(member) is { } refusal) return refusal;
            _tally.AddMessage();
            return Append(EventType.Message, member, text, id).Seq;
        }
    }

    public Outcome<Done> Typing(Member member)
    {
        List<Handover> handovers;
        lock (_gate)
        {
            if (!IsIn(member)) return Reason.NotInRoom;
            EndAway(member);
            if (Limited(member) is { } refusal) return refusal;
            handovers = _rounds.ToIdle(new TypingNotice(member.Name.Shown), except: member.Place);
        }
        _rounds.HandOver(handovers);
        return new Done();
    }

    /// <summary>The page is being closed or reloaded: the seat waits only a little.</summary>
    public Outcome<Done> Away(Member member)
    {
        lock (_gate)
        {
            if (!IsIn(member)) return Reason.NotInRoom;
            member.GoneAt = Uptime + TimeSpan.FromSeconds(_limits.AwaySeconds);
            return new Done();
        }
    }

    public Outcome<Done> Leave(Member member)
    {
        Poll? poll;
        lock (_gate)
        {
            if (!IsIn(member)) return Reason.NotInRoom;
            poll = EndPoll(member);
            GiveUp(member);
        }
        poll?.End();
        return new Done();
    }

    /// <summary>Those whose sessions are over are gone at once.</summary>
    internal void Expel(Func<Owner, bool> isOver)
    {
        List<IReader> readers = [];
        lock (_gate)
        {
            foreach (var member in _seats.Values.Where(member => member.Owner is { } owner && isOver(owner)).ToList())
            {
                if (EndPoll(member) is { } poll) readers.Add(poll);
                if (member.Place is { } place) readers.Add(place.Reader);
                GiveUp(member);
            }
        }
        foreach (var reader in readers) reader.Close(Parting.SignedOut);
    }

    /// <summary>A connection ended. Where it was the seat's newest, the seat waits for its return.</summary>
    public void Drop(Member member, IReader reader)
    {
        lock (_gate)
        {
            if (!IsIn(member) || member.Place is not { } place || place.Reader != reader) return;
            LoseConnection(member, place);
            _feed.Publish(new Dropped(_time.GetUtcNow(), Code, member.Name.Shown));
        }
    }

    /// <summary>Lets go of a connection; the seat waits.</summary>
    public void CutOff(Member member, IReader reader, Parting why)
    {
        lock (_gate)
        {
            if (IsIn(member) && member.Place is { } place && place.Reader == reader) CutOff(member, place, why);
        }
        reader.Close(why);
    }

    /// <summary>Gives up seats nobody came back for and lets go of readers that are stuck. False where the room has died of it.</summary>
    internal bool Sweep()
    {
        List<Member>? gone = null;      // seldom anybody, and a server sweeps thousands of rooms
        List<IReader>? stuck = null;
        lock (_gate)
        {
            var now = Uptime;
            foreach (var member in _seats.Values)
            {
                if (member.GoneAt <= now && member.Poll is null) (gone ??= []).Add(member);
                else if (member.Place is { } place && _rounds.IsStuck(place, now)) (stuck ??= []).Add(CutOff(member, place, Parting.TooSlow));
                if (member.Poll is { } poll && _rounds.IsStuck(poll.Place, now)) (stuck ??= []).Add(LetGo(member, poll));
            }
            foreach (var member in gone ?? []) GiveUp(member);

            _transcript.Prune(_time.GetUtcNow());
            _closed = _seats.Count == 0 && now - _lastActive >= TimeSpan.FromSeconds(_limits.EmptyRoomSeconds);
            if (_closed) _transcript.GiveUp(_transcript.Bytes);
        }
        foreach (var reader in stuck ?? []) reader.Close(Parting.TooSlow);
        return !_closed;
    }

    /// <summary>Gives up the oldest of the transcript, where all rooms together keep too much.</summary>
    internal void GiveUpOldest(long bytes)
    {
        lock (_gate) { _transcript.GiveUp(bytes); }
    }

    private bool IsIn(Member member) => _seats.TryGetValue(member.Seat, out var sitting) && sitting == member;

    private Refusal? Limited(Member member) =>
        member.Messages.TryTake(Uptime, _limits.MessagesPerSecond, _limits.MessageBurst, out var wait)
            ? null
            : new Refusal(Reason.RateLimited, wait);

    /// <summary>Whoever writes is here after all.</summary>
    private static void EndAway(Member member)
    {
        if (member.Place is not null) member.GoneAt = null;
    }

    private RoomEvent Append(EventType type, Member member, string? text = null, string? id = null)
    {
        var line = _transcript.Append(type, member, text, _time.GetUtcNow(), id);
        _lastActive = Uptime;
        _feed.Publish(new Told(Code, line, _seats.Count, IsDirect: Pair is not null));
        _rounds.Wake();
        return line;
    }

    private void GiveUp(Member member)
    {
        if (member.Place is { } place) _rounds.Unfollow(place);
        member.Place = null;
        _names.Remove(member.Name.Key);
        _seats.Remove(member.Seat);
        _tally.AddMembers(-1);
        Append(EventType.Left, member);
    }

    private IReader CutOff(Member member, Place place, Parting why)
    {
        LoseConnection(member, place);
        _feed.Publish(new CutOff(_time.GetUtcNow(), Code, member.Name.Shown, why));
        return place.Reader;
    }

    private void LoseConnection(Member member, Place place)
    {
        _rounds.Unfollow(place);
        member.Place = null;
        var heardAt = Uptime - place.Reader.Silence;    // it broke when it fell silent
        member.GoneAt ??= (heardAt > member.AskedAt ? heardAt : member.AskedAt) + TimeSpan.FromSeconds(_limits.SeatSeconds);
    }
}
