using RoomChat.Rooms;

namespace RoomChat.Redis;

public sealed record RedisLost(DateTimeOffset At, string? Why) : Activity(At)
{
    public override ActivityLine Line => Why is null
        ? new("! Redis is away: rooms can be read, and what is sent waits")
        : new("! Redis refuses: {Why}", Why);
}

/// <param name="GivenBack">Entries of logs that it had lost, and has from this server.</param>
public sealed record RedisFound(DateTimeOffset At, int GivenBack) : Activity(At)
{
    public override ActivityLine Line => GivenBack == 0
        ? new("! Redis is there")
        : new("! Redis is there, and was given {GivenBack} entries that it had lost", GivenBack);
}

/// <summary>Nobody knows it any more, so the room begins a new life.</summary>
public sealed record LogLost(DateTimeOffset At, Code Room) : RoomActivity(At, Room)
{
    public override ActivityLine Line => new("! Redis has lost the end of this room");
}

/// <summary>A newer server has written to it, or somebody else.</summary>
public sealed record LogUnreadable(DateTimeOffset At, Code Room) : RoomActivity(At, Room)
{
    public override ActivityLine Line => new("! Redis has of this room what this version cannot read");
}
