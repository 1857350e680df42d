namespace RoomChat.Rooms;

public sealed partial class Room
{
    /// <summary>How far the accounts of a direct chat had been given it when their connection here ended.</summary>
    private Dictionary<string, long>? _givenUpTo;

    /// <summary>Messages of a direct chat that the account has not been given; none while it is connected.</summary>
    public int UnreadBy(Name account)
    {
        lock (_gate)
        {
            var member = _members.WithName(account);
            if (member is not null && !IsAway(member)) return 0;
            var seq = _givenUpTo?.TryGetValue(account.Key, out var given) == true
                ? given
                : Math.Max(member?.Seen ?? 0, _transcript.LastSeqFrom(account));
            return _transcript.CountMessagesAfter(seq, account);
        }
    }

    /// <summary>What follows waits for the account. Called before the connection ends.</summary>
    private void NoteGiven(Member member)
    {
        if (Pair is not null && member.Place is { } place) (_givenUpTo ??= [])[member.Name.Key] = place.Seq;
    }
}
