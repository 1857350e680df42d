using Microsoft.AspNetCore.DataProtection.KeyManagement;
using RoomChat.Accounts;
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
            IsEnabled(provider) ? provider.GetRequiredService<RedisRoomStore>() : new InMemoryRoomStore());
        return services.AddDataProtectionKeys();
    }

    private static IServiceCollection AddDataProtectionKeys(this IServiceCollection services)
    {
        services.AddSingleton<RedisKeyStore>().AddSingleton<XmlKeyManager>();
        services.AddSingleton<IKeyManager>(provider =>
        {
            var keys = provider.GetRequiredService<XmlKeyManager>();
            return IsEnabled(provider)
                ? new SharedKeyManager(keys, provider.GetRequiredService<RedisConnection>())
                : keys;
        });
        services.AddOptions<KeyManagementOptions>().Configure<KeySettings, IServiceProvider>(
            (keys, settings, provider) =>
            {
                var isFolder = settings.Keys is { Length: > 0 };    // named on purpose, so it goes before
                if (IsEnabled(provider) && !isFolder) keys.XmlRepository = provider.GetRequiredService<RedisKeyStore>();
            });
        return services;
    }

    private static bool IsEnabled(IServiceProvider provider) => provider.GetRequiredService<RedisSettings>().IsEnabled;
}
