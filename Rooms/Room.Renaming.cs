using System.Diagnostics.CodeAnalysis;

namespace RoomChat.Rooms;

public sealed partial class Room
{
    /// <summary>The seat and its number stay, the mark of an account goes.</summary>
    public async ValueTask<Outcome<Name>> RenameAsync(Member member, string? typed)
    {
        if (!_environment.Names.TryParse(typed, out var name) || Pair is not null)
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
            if (_members.IsTaken(name, except: member)) return Reason.NameTaken;
            if (!isCounted && _members.TakeToken(member) is { } limited) return limited;
            isCounted = true;
            return Renamed(member, name, member.Account?.Name.Key == name.Key ? member.Account : null);
        }
    }

    /// <summary>
    /// A guest under a name that has got an account, or one that looks like it, goes on under it with a number, unless
    /// the account could not come in anyway.
    /// </summary>
    private async ValueTask<Outcome<Done>> FreeNameAsync(JoinRequest request, string? formerHash)
    {
        var name = request.Name!;
        for (var number = 2; ; number++)
        {
            var given = name.Numbered(number, _environment.Limits.NameLength);
            lock (_gate)
            {
                if (!IsHeldByGuest(name, out _)) return new Done();
                if (_members.IsTaken(given)) continue;
            }
            var reserved = await IsReservedAsync(new JoinRequest(given)).ConfigureAwait(false);
            if (!reserved.TryGet(out var isReserved, out var refusal)) return refusal;
            if (isReserved) continue;
            var outcome = await CommitAsync(new Operation<Done>(() => Decide(given), _ => new Done()))
                .ConfigureAwait(false);
            if (!outcome.TryGet(out _, out refusal) && refusal.Reason != Reason.NameTaken) return refusal;
        }

        Decision<Done> Decide(Name given)
        {
            if (WhyNotComeIn(request, formerHash) is { } reason) return reason;
            if (_members.IsFull) return Reason.RoomFull;
            if (!IsHeldByGuest(name, out var guest)) return new Done();
            return _members.IsTaken(given)
                ? Reason.NameTaken
                : Renamed(guest, given, account: null, isReserved: true);
        }
    }

    private bool IsHeldByGuest(Name name, [NotNullWhen(true)] out Member? guest) =>
        (guest = _members.HolderOf(name)) is { IsRegistered: false };

    private LogEntry Renamed(Member member, Name name, AccountIdentity? account, bool isReserved = false) => NewEntry(
        NewEvent(EventType.Renamed, member.Row) with
        {
            To = new(0, name.Shown),
            Reserved = isReserved ? true : null,
        },
        new RosterChange(member.SeatHash, member.Row with { Name = name, Account = account, IsRenamed = true }),
        _state.IsOwnedBy(member) ? _state with { Owner = _state.Owner! with { Name = name.Shown } } : null);
}
