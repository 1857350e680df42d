using RoomChat.Rooms;

namespace RoomChat.Api;

internal sealed record RefusalMetadata(params Reason[] Reasons);

internal static class RouteMetadata
{
    public static T Refuses<T>(this T route, params Reason[] reasons) where T : IEndpointConventionBuilder =>
        route.WithMetadata(new RefusalMetadata(reasons));

    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route, bool isOptional = false)
        where T : notnull =>
        route.Accepts<T>(isOptional, "application/json", "application/x-www-form-urlencoded");
}
