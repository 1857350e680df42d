namespace RoomChat.Rooms;

public sealed partial class Room
{
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
}
