using Microsoft.Extensions.DependencyInjection.Extensions;
using RoomChat.Start;

namespace RoomChat.Rooms;

public static class RoomsSetup
{
    public static IServiceCollection AddRooms(this IServiceCollection services)
    {
        services.AddSettings<Limits>("RoomChat:Limits");
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Feed>();
        services.AddSingleton<Lobby>();
        return services;
    }
}
