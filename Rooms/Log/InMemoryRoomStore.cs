namespace RoomChat.Rooms;

/// <summary>Rooms are kept by the lobby alone; this knows only whose direct chats they are.</summary>
internal sealed class InMemoryRoomStore : IRoomStore
{
    private readonly InMemoryRoomLog _log = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<(string, string), (DirectPair Pair, Code Code)> _directChats = [];

    public ValueTask<Outcome<StoredRoom>> CreateAsync(RoomHeader header) =>
        new(new StoredRoom(header, _log));

    public ValueTask<Outcome<Code>> ClaimDirectAsync(DirectPair pair, Code code)
    {
        lock (_gate)
        {
            if (_directChats.TryGetValue(pair.Key, out var known)) return new(known.Code);
            _directChats.Add(pair.Key, (pair, code));
            return new(code);
        }
    }

    public void ReleaseDirect(DirectPair pair, Code code)
    {
        lock (_gate)
        {
            if (_directChats.TryGetValue(pair.Key, out var known) && known.Code == code) _directChats.Remove(pair.Key);
        }
    }

    public ValueTask<Code?> FindDirectAsync(DirectPair pair)
    {
        lock (_gate) { return new(_directChats.TryGetValue(pair.Key, out var known) ? known.Code : null); }
    }

    public ValueTask<IReadOnlyList<Code>> DirectChatsOfAsync(Name account)
    {
        lock (_gate)
        {
            return new([.. from chat in _directChats.Values where chat.Pair.Contains(account) select chat.Code]);
        }
    }
}
