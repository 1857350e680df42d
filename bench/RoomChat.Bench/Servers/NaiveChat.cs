using Microsoft.AspNetCore.SignalR;

namespace RoomChat.Bench.Servers;

/// <summary>What the tutorial has you write, with a group for each room.</summary>
internal static class NaiveChat
{
    public const string Verb = "naive";

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
