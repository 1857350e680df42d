namespace RoomChat.Rooms;

public sealed partial class Room
{
    private const long JsonBytesPerUser = 64;

    /// <summary>A direct chat admits only its two accounts, whoever else knows its code.</summary>
    public bool Admits(Name? account) => Pair is null || (account is not null && Pair.Contains(account));

    /// <summary>The account's own name unless the request asks for another; null if that is invalid.</summary>
    public Name? NameFor(AccountIdentity? account, string? typed) =>
        account is not null && (typed is null || Pair is not null) ? account.Name
        : _environment.Names.TryRead(typed, out var read) && account?.Name.Key == read.Key ? account.Name
        : _environment.Names.TryParse(typed, out var name) ? name
        : null;

    /// <summary>Returns to a live seat; not in the room if the request shows none.</summary>
    /// <param name="current">The member that this reader already is: joining the same room again is a return.</param>
    internal async ValueTask<Outcome<Joined>> ReturnAsync(JoinRequest request, IReader? reader, Member? current)
    {
        IReader? replaced = null;
        string? newSeat = null;
        var outcome = await CommitAsync(new Operation<Joined>(Decide, _ => Complete()))
            .ConfigureAwait(false);
        replaced?.Close(CloseReason.Replaced);
        return outcome;

        Decision<Joined> Decide()
        {
            if (Find() is not { } member) return Reason.NotInRoom;
            if (member.Floods.WhyNotReturn(_environment.Uptime) is { } wait) return wait;
            var row = member.Row with { Account = Membership.RenewedAccount(member, request) };
            if (reader is not null || !member.IsConnected) row = MovedHere(row, isConnected: reader is not null);
            // An account comes back without its seat, which this server may never have seen.
            if (member.Seat.Length == 0)
            {
                newSeat ??= Seats.New();
                var newHash = Seats.Hash(newSeat);
                var state = _state.IsOwnedBy(member)
                    ? _state with { Owner = _state.Owner! with { SeatHash = newHash } }
                    : null;
                return Changed(new RosterChange(newHash, row, FormerSeatHash: member.SeatHash), state);
            }
            return row == member.Row ? Complete() : Changed(new RosterChange(member.SeatHash, row));
        }

        Outcome<Joined> Complete()
        {
            if ((_members.WithSeat(newSeat) ?? Find()) is not { } member) return Reason.NotInRoom;
            if (IsHere(member) && (member.Place is not { } place || (reader is not null && reader != place.Reader)))
            {
                if (member.Place is not null) replaced = Drop(member, CloseReason.Replaced);
                PublishConnection(member, new MemberReturned(_environment.UtcNow, Code, member.Name.Shown));
            }
            SeatExpiry.Cancel(member);
            return Admit(member, request, reader, isNew: false);
        }

        Member? Find() => _isClosed ? null : ReturningMember(request, current);
    }

    internal async ValueTask<Outcome<Joined>> JoinAsync(JoinRequest request, IReader? reader)
    {
        // Asked before the lock, under which nothing awaits.
        var reserved = await IsReservedAsync(request).ConfigureAwait(false);
        if (!reserved.TryGet(out var isReserved, out var refusal)) return refusal;
        var formerHash = request.Seat is { } former ? Seats.Hash(former) : null;
        if (request.Name is { } own && request.AccountFor(own) is not null
            && !(await FreeNameAsync(request, formerHash).ConfigureAwait(false)).TryGet(out _, out refusal))
            return refusal;
        var seat = Seats.New();
        var seatHash = Seats.Hash(seat);
        return await CommitAsync(new Operation<Joined>(Decide, Complete))
            .ConfigureAwait(false);

        Decision<Joined> Decide()
        {
            if (WhyNotComeIn(request, formerHash) is { } closed) return closed;
            if (_members.WhyNotAdd(request, isReserved) is { } reason) return reason;
            var (name, account) = (request.Name!, request.AccountFor(request.Name!));
            var row = new RosterRow(
                _state.LastWho + 1, name, _environment.UtcNow, account, _environment.Store.Server,
                IsConnected: reader is not null);
            return NewEntry(
                NewEvent(EventType.Joined, row), new RosterChange(seatHash, row),
                WithNewcomer(row, seatHash, IsOwnersSeat(formerHash), request.KeyCheck));
        }

        Outcome<Joined> Complete(LogEntry _)
        {
            if (_members.WithSeatHash(seatHash) is not { } member) return Reason.NotInRoom;
            member.Seat = seat;
            if (IsOwnershipDue()) Commit(Succession());
            return Admit(member, request, reader, isNew: true);
        }
    }

    private ValueTask<Outcome<bool>> IsReservedAsync(JoinRequest request) =>
        request.Name is { } name && request.AccountFor(name) is null && _environment.ReservedNames is { } names
            ? names.IsReservedAsync(name)
            : new(false);

    private Member? ReturningMember(JoinRequest request, Member? current) =>
        _members.WithSeat(request.Seat)
        ?? (current is not null && _members.Contains(current) ? current : _members.WithAccount(request));

    private Joined Admit(Member member, JoinRequest request, IReader? reader, bool isNew)
    {
        var hasGap = false;
        var seen = request.Epoch == Epoch && request.After <= _transcript.Head ? request.After : null;
        if (reader is null)
        {
            if (IsHere(member)) _seatExpiry.RestartAfterRequest(member);
        }
        else
        {
            SeatExpiry.Cancel(member);
            hasGap = _delivery.Connect(member, reader, seen, isNew);
            NotePresence(member);
        }
        var hasMore = reader is not null && _delivery.HasMoreFor(member);
        var users = _members.Roster();
        var bytes = users.Count * JsonBytesPerUser + (hasMore ? _delivery.BytesFor(member) : 0);
        return new Joined(member, _transcript.Head, _state.ToInfo(IsSealed), users, hasGap, hasMore, bytes);
    }
}
