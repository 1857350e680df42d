using RoomChat.Hubs;
using RoomChat.Rooms;
using RoomChat.Start;
using RoomChat.Terminal;

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddTerminal();
    builder.Services.AddRooms().AddChatHub();
    builder.Services.AddQuickStop();

    var app = builder.Build();
    app.ShowTerminal();
    app.MapChatHub();

    await app.RunAsync();
    return 0;
}
catch (Exception problem) when (StartProblem.Explain(problem) is { } sentence)
{
    await Console.Error.WriteLineAsync(sentence);
    return 1;
}
