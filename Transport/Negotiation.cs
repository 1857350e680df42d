namespace RoomChat.Transport;

/// <summary>WebSockets only: the loss of a polling client is noticed too late.</summary>
internal static class Negotiation
{
    public static void MapNegotiation(this WebApplication app, string hub) =>
        app.MapPost($"{hub}/negotiate", Negotiate).ExcludeFromDescription();

    internal static NegotiateResponse Negotiate() =>
        new(1, WebSocketConnection.NewId(), WebSocketConnection.NewId(), [new("WebSockets", ["Text"])]);

    internal sealed record NegotiateResponse(
        int NegotiateVersion, string ConnectionId, string ConnectionToken, TransportFormats[] AvailableTransports);

    internal sealed record TransportFormats(string Transport, string[] TransferFormats);
}
