using RoomChat.Rooms;

namespace RoomChat.Redis;

public sealed record RedisLost(DateTimeOffset At, string? Why) : Activity(At)
{
    public override ActivityLine Line => Why is null
        ? new("! Redis is away: rooms can be read, and what is sent waits")
        : new("! Redis refuses: {Why}", Why);
}

public sealed record RedisFound(DateTimeOffset At) : Activity(At)
{
    public override ActivityLine Line => new("! Redis is there");
}

/// <summary>A newer server has written to it, or somebody else.</summary>
public sealed record LogUnreadable(DateTimeOffset At, Code Room) : RoomActivity(At, Room)
{
    public override ActivityLine Line => new("! Redis has of this room what this version cannot read");
}
