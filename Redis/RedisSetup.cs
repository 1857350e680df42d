using RoomChat.Rooms;

namespace RoomChat.Redis;

public static class RedisSetup
{
    /// <summary>Without the setting nothing is registered, and nothing connects.</summary>
    public static void AddRedis(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["RoomChat:Redis"] is not { Length: > 0 }) return;
        builder.Services.AddSingleton<RedisConnection>();
        builder.Services.AddSingleton<IRoomStore, RedisRoomStore>();
    }
}
