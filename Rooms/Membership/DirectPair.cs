namespace RoomChat.Rooms;

/// <summary>The two accounts of a direct chat.</summary>
public sealed record DirectPair(Name Inviter, Name Invitee)
{
    /// <summary>The same from either side.</summary>
    internal (string, string) Key =>
        string.CompareOrdinal(Inviter.Key, Invitee.Key) < 0 ? (Inviter.Key, Invitee.Key) : (Invitee.Key, Inviter.Key);

    public bool Contains(Name name) => name.Key == Inviter.Key || name.Key == Invitee.Key;

    public Name OtherThan(Name name) => name.Key == Inviter.Key ? Invitee : Inviter;
}
