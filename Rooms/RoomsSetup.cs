using Microsoft.Extensions.DependencyInjection.Extensions;

namespace RoomChat.Rooms;

public static class RoomsSetup
{
    public static IServiceCollection AddRooms(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ActivityFeed>();
        services.AddSingleton<Lobby>();
        return services;
    }
}
