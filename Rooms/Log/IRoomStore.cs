namespace RoomChat.Rooms;

/// <summary>Where rooms are kept: here, or in a place that several servers share.</summary>
internal interface IRoomStore
{
    /// <summary>This server's own name among several; null where there is only one.</summary>
    string? Server => null;

    bool IsAlive(string? server) => true;

    /// <summary>False while what the servers share is away.</summary>
    bool IsReady => true;

    /// <summary>Creates a room, or finds the one that has the code already.</summary>
    ValueTask<Outcome<StoredRoom>> CreateAsync(RoomHeader header);

    ValueTask<Outcome<StoredRoom>> FindAsync(Code code) => new(Reason.RoomNotFound);

    /// <summary>From now on the room hears what other servers append.</summary>
    void Follow(Room room) { }

    void Unfollow(Room room) { }

    void PublishTyping(Room room, Member member) { }

    void PublishSeen(Room room, Member member, long? seq) { }

    /// <summary>Called once a room is empty for long enough.</summary>
    void End(Room room, LogPlace roster) { }

    /// <summary>Ends the room for everybody at once; false if something was decided since then.</summary>
    ValueTask<Outcome<bool>> CloseAsync(Room room, LogPlace? roster) => new(true);

    /// <summary>The code of the pair's room, which is the given one if they had none.</summary>
    ValueTask<Outcome<Code>> ClaimDirectAsync(DirectPair pair, Code code);

    void ReleaseDirect(DirectPair pair, Code code);

    ValueTask<Code?> FindDirectAsync(DirectPair pair);

    ValueTask<IReadOnlyList<Code>> DirectChatsOfAsync(Name account);
}

/// <param name="IsSealed">What is said in it can be read only by those who have its key.</param>
internal sealed record RoomHeader(
    Code Code, string Epoch, DateTimeOffset CreatedAt, DirectPair? Pair, bool IsSealed = false);

/// <summary>A room as it is kept: its log from the start of what is kept, and its roster.</summary>
internal sealed record StoredRoom(RoomHeader Header, IRoomLog Log)
{
    public LogHead Head { get; init; }
    public LogFences Fences { get; init; }
    public IReadOnlyList<RoomEvent> Events { get; init; } = [];

    public RoomState State { get; init; } = RoomState.New;

    /// <summary>In the order of the joins.</summary>
    public IReadOnlyList<RosterChange> Members { get; init; } = [];
}
