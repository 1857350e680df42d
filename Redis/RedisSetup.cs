using RoomChat.Rooms;

namespace RoomChat.Redis;

public static class RedisSetup
{
    /// <summary>Without the setting nothing connects.</summary>
    public static IServiceCollection AddRedis(this IServiceCollection services)
    {
        services.AddSingleton<RedisConnection>();
        services.AddSingleton<RedisRoomStore>();
        services.AddSingleton<IRoomStore>(provider =>
            provider.GetRequiredService<RedisSettings>().IsEnabled
                ? provider.GetRequiredService<RedisRoomStore>()
                : new InMemoryRoomStore());
        return services;
    }
}
