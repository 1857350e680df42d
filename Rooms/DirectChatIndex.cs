namespace RoomChat.Rooms;

internal sealed class DirectChatIndex
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string, string), Room> _rooms = [];

    public Room? Find(DirectPair pair)
    {
        lock (_gate) { return _rooms.GetValueOrDefault(pair.Key) is { IsClosed: false } room ? room : null; }
    }

    public IReadOnlyList<Room> Of(Name account)
    {
        lock (_gate) { return [.. _rooms.Values.Where(room => room.Pair!.Contains(account))]; }
    }

    public Outcome<Room> GetOrAdd(DirectPair pair, Func<DirectPair, Outcome<Room>> create)
    {
        lock (_gate)
        {
            if (_rooms.TryGetValue(pair.Key, out var room) && room.TryKeepOpen()) return room;
            var outcome = create(pair);
            if (outcome.TryGet(out var created, out _)) _rooms[pair.Key] = created;
            return outcome;
        }
    }

    public void Remove(Room room)
    {
        if (room.Pair is not { } pair) return;
        lock (_gate)
        {
            if (_rooms.GetValueOrDefault(pair.Key) == room) _rooms.Remove(pair.Key);
        }
    }
}
