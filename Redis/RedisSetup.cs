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
        services.AddSingleton<RedisAccountStore>().AddHostedService<EndedSessions>();
        services.AddSingleton<IAccountStore>(provider =>
            IsEnabled(provider)
                ? provider.GetRequiredService<RedisAccountStore>()
                : new InMemoryAccountStore(provider.GetRequiredService<AccountSettings>()));
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
        services.AddOptions<KeyManagementOptions>().Configure<IServiceProvider>((keys, provider) =>
        {
            if (IsEnabled(provider)) keys.XmlRepository = provider.GetRequiredService<RedisKeyStore>();
        });
        return services;
    }

    private static bool IsEnabled(IServiceProvider provider) => provider.GetRequiredService<RedisSettings>().IsEnabled;
}
