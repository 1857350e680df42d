using RoomChat.Rooms;

namespace RoomChat.Api;

/// <summary>What a route may refuse, for the document to name.</summary>
internal sealed record Refusals(params Reason[] Reasons);

internal static class Promises
{
    public static T Refuses<T>(this T route, params Reason[] reasons) where T : IEndpointConventionBuilder =>
        route.WithMetadata(new Refusals(reasons));

    /// <summary>A body that is JSON or a form.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route, bool optional = false) where T : notnull =>
        route.Accepts<T>(optional, "application/json", "application/x-www-form-urlencoded");
}
