using RoomChat.Rooms;

namespace RoomChat.Redis;

public sealed record RedisLost(DateTimeOffset At) : Activity(At)
{
    public override ActivityLine Line => new("! Redis is away: rooms can be read, and what is sent waits");
}

public sealed record RedisFound(DateTimeOffset At) : Activity(At)
{
    public override ActivityLine Line => new("! Redis is there");
}
