using Microsoft.Extensions.DependencyInjection.Extensions;

namespace RoomChat.Rooms;

public static class RoomsSetup
{
    public static IServiceCollection AddRooms(this IServiceCollection services, NoticeWords? notices = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new NameRules(provider.GetRequiredService<Limits>(), notices));
        services.AddSingleton<ActivityFeed>().AddSingleton<Instruments>();
        services.TryAddSingleton<IRoomStore, InMemoryRoomStore>();
        services.AddSingleton(provider => new Lobby(
            provider.GetRequiredService<Limits>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ActivityFeed>(), provider.GetService<IReservedNames>(),
            provider.GetRequiredService<IRoomStore>(), provider.GetRequiredService<Instruments>(),
            provider.GetRequiredService<NameRules>()));
        return services;
    }
}
