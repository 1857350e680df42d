namespace RoomChat.Rooms;

/// <summary>Two who chat alone, and who of them asked.</summary>
public sealed record Pair(Name Asked, Name With)
{
    /// <summary>The same whoever asked.</summary>
    internal (string, string) Key =>
        string.CompareOrdinal(Asked.Key, With.Key) < 0 ? (Asked.Key, With.Key) : (With.Key, Asked.Key);

    public bool Holds(Name name) => name.Key == Asked.Key || name.Key == With.Key;

    public Name Other(Name name) => name.Key == Asked.Key ? With : Asked;
}
