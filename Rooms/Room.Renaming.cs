namespace RoomChat.Rooms;

public sealed partial class Room
{
    /// <summary>The seat and its number stay, the mark of an account goes.</summary>
    public async ValueTask<Outcome<Name>> RenameAsync(Member member, string? typed)
    {
        if (!Name.TryParse(typed, _environment.Limits.NameLength, out var name) || Pair is not null)
            return Reason.NameInvalid;
        var reserved = await IsReservedAsync(new JoinRequest(name, Account: member.Account)).ConfigureAwait(false);
        if (!reserved.TryGet(out var isReserved, out var refusal)) return refusal;
        var isCounted = false;
        return await CommitAsync(new Operation<Name>(Decide, _ => name)).ConfigureAwait(false);

        Decision<Name> Decide()
        {
            if (!_members.Contains(member)) return Reason.NotInRoom;
            SeatExpiry.CancelAway(member);
            if (name.Shown == member.Name.Shown) return name;
            if (isReserved) return Reason.NameReserved;
            if (_members.WithName(name) is { } holder && holder != member) return Reason.NameTaken;
            if (!isCounted && _members.TakeToken(member) is { } limited) return limited;
            isCounted = true;
            var account = member.Account?.Name.Key == name.Key ? member.Account : null;
            return NewEntry(
                NewEvent(EventType.Renamed, member.Row) with { To = new(0, name.Shown) },
                new RosterChange(member.SeatHash, member.Row with { Name = name, Account = account, IsRenamed = true }),
                _state.IsOwnedBy(member) ? _state with { Owner = _state.Owner! with { Name = name.Shown } } : null);
        }
    }
}
