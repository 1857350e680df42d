namespace RoomChat.Rooms;

/// <summary>Who comes in, and who comes back.</summary>
public sealed partial class Room
{
    /// <param name="request">Who wants in.</param>
    /// <param name="reader">Who reads from now on; nobody where the seat will be shown with requests.</param>
    /// <param name="current">Who this reader is already; in this room, joining again is a return.</param>
    internal Outcome<Joined> Join(JoinRequest request, IReader? reader, Member? current)
    {
        Outcome<Joined> outcome;
        IReader? displaced = null;
        lock (_gate)
        {
            if (_closed) return Reason.RoomNotFound;
            if (SeatOf(request, current) is { } member) outcome = Return(member, request, reader, out displaced);
            else if (Admits(request.Owner?.Name)) outcome = Welcome(request, reader);
            else outcome = Reason.RoomNotFound;
        }
        displaced?.Close(Parting.Replaced);
        return outcome;
    }

    internal bool IsReturn(JoinRequest request, Member? current)
    {
        lock (_gate) { return SeatOf(request, current) is not null; }
    }

    private Member? SeatOf(JoinRequest request, Member? current) => SeatOf(request.Seat, current) ?? OwnSeat(request);

    private Member? SeatOf(string? seat, Member? current) =>
        seat is not null && _seats.TryGetValue(seat, out var member) ? member
        : current is not null && IsIn(current) ? current
        : null;

    /// <summary>Showing one's account is as good as showing the seat: from another device, one is still oneself.</summary>
    private Member? OwnSeat(JoinRequest request) =>
        request.Owner is { } owner && NameOf(request)?.Key == owner.Name.Key
            && _names.TryGetValue(owner.Name.Key, out var member) && member.IsRegistered ? member : null;

    /// <summary>An account goes by its own name, unless it asks for another; in a direct chat it always does.</summary>
    private Name? NameOf(JoinRequest request) =>
        request.Owner is { } owner && (request.Name is null || Pair is not null) ? owner.Name
        : Name.TryParse(request.Name, _limits.NameLength, out var name) ? OwnerAs(name, request)?.Name ?? name
        : null;

    private static Owner? OwnerAs(Name? name, JoinRequest request) => request.Owner?.Name.Key == name?.Key ? request.Owner : null;

    private Outcome<Joined> Return(Member member, JoinRequest request, IReader? reader, out IReader? displaced)
    {
        displaced = null;
        if (member.Place is null || (reader is not null && reader != member.Place.Reader))
        {
            if (member.Place is { } old) displaced = CutOff(member, old, Parting.Replaced);
            _feed.Publish(new CameBack(_time.GetUtcNow(), Code, member.Name.Shown));
        }
        if (member.IsRegistered) member.Owner = OwnerAs(member.Name, request) ?? member.Owner;
        member.GoneAt = null;
        return Seated(member, request, reader, isNew: false);
    }

    private Outcome<Joined> Welcome(JoinRequest request, IReader? reader)
    {
        if (NameOf(request) is not { } name) return Reason.NameInvalid;
        var owner = OwnerAs(name, request);
        if (owner is null && _reservations?.IsReserved(name) == true) return Reason.NameReserved;
        if (_names.ContainsKey(name.Key)) return Reason.NameTaken;
        if (_limits.MembersPerRoom > 0 && _seats.Count >= _limits.MembersPerRoom) return Reason.RoomFull;

        var member = new Member(this, name, _time.GetUtcNow(), owner);
        _names.Add(name.Key, member);
        _seats.Add(member.Seat, member);
        _tally.AddMembers(1);
        Append(EventType.Joined, member);
        return Seated(member, request, reader, isNew: true);
    }

    private Joined Seated(Member member, JoinRequest request, IReader? reader, bool isNew)
    {
        var gap = false;
        if (reader is null) Attend(member);
        else gap = Follow(member, request, reader, isNew);
        return new Joined(member, _transcript.Head, [.. _seats.Values.Select(Row)], gap,
            More: reader is not null && (member.Place!.Opening is not null || member.Place.Seq < _transcript.Head));
    }

    private static Present Row(Member member) => new(member.Name.Shown, member.Since, member.IsRegistered ? true : null);

    /// <summary>True where something that was missed is no longer kept.</summary>
    private bool Follow(Member member, JoinRequest request, IReader reader, bool isNew)
    {
        var seen = request.Epoch == Epoch && request.After <= _transcript.Head ? request.After : null;
        var reached = !isNew && seen is { } last && _transcript.Reaches(last);
        var shown = reached ? [] : _transcript.Shown(after: isNew ? 0 : seen ?? 0);

        // The same reader keeps its place, so that a write under way stays the only one.
        member.Place ??= new Place(reader);
        member.Place.Seq = reached ? seen!.Value : _transcript.Head;
        member.Place.Opening = shown.Count > 0 ? new Batch(Epoch, shown) : null;
        _rounds.Follow(member.Place);

        return !reached && seen is { } place && !_transcript.ShowsAllAfter(place);
    }
}
