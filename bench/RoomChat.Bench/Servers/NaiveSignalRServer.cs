using Microsoft.AspNetCore.SignalR;

namespace RoomChat.Bench.Servers;

/// <summary>The chat of the SignalR tutorial, with one group per room.</summary>
internal static class NaiveSignalRServer
{
    public const string Name = "naive";

    public static void Run(string port)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services.AddSignalR();

        var app = builder.Build();
        app.MapHub<NaiveHub>("/chat");
        app.Run();
    }
}

internal sealed class NaiveHub : Hub
{
    public async Task JoinRoom(string room, string name)
    {
        Context.Items["name"] = name;
        await Groups.AddToGroupAsync(Context.ConnectionId, room);
    }

    public async Task SendMessage(string room, string text) =>
        await Clients.Group(room).SendAsync("ReceiveMessage", (string?)Context.Items["name"], text);
}
