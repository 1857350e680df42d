namespace RoomChat.Rooms;

public sealed record DirectPair(Name Inviter, Name Invitee)
{
    internal (string, string) Key =>
        string.CompareOrdinal(Inviter.Key, Invitee.Key) < 0 ? (Inviter.Key, Invitee.Key) : (Invitee.Key, Inviter.Key);

    public bool Contains(Name name) => name.Key == Inviter.Key || name.Key == Invitee.Key;

    public Name OtherThan(Name name) => name.Key == Inviter.Key ? Invitee : Inviter;
}
