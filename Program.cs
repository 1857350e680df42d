using RoomChat.Accounts;
using RoomChat.Api;
using RoomChat.Hubs;
using RoomChat.Rooms;
using RoomChat.Start;
using RoomChat.Terminal;
using RoomChat.Web;

try
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions
    {
        Args = args,
        ContentRootPath = File.Exists("appsettings.json") ? null : AppContext.BaseDirectory, // wherever it is started from
    });
    builder.AddSockets();
    builder.AddTerminal();
    builder.Services.AddRooms().AddAccounts().AddChatHub().AddRoomsApi();
    builder.Services.AddQuickStop();
    builder.AddPages();
    builder.AddGuards();

    var app = builder.Build();
    app.ShowTerminal();
    app.UseGuards();
    app.RefuseWhenStopping();
    app.MapChatHub();
    app.UseAccounts();
    app.MapHealth();
    app.ShowMetrics();
    app.MapPages();
    app.MapRoomsApi();
    app.MapAccountsApi();

    await app.RunAsync();
    return 0;
}
catch (Exception problem) when (StartProblem.Explain(problem) is { } sentence)
{
    await Console.Error.WriteLineAsync(sentence);
    return 1;
}
