namespace RoomChat.Rooms;

/// <summary>What all rooms hold together.</summary>
internal sealed class Tally
{
    private long _bytes;
    private int _members;

    public long Bytes => Interlocked.Read(ref _bytes);
    public int Members => Volatile.Read(ref _members);

    public void AddBytes(long bytes) => Interlocked.Add(ref _bytes, bytes);
    public void AddMembers(int members) => Interlocked.Add(ref _members, members);
}
