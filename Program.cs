using dotenv.net;
using RoomChat.Accounts;
using RoomChat.Api;
using RoomChat.Hubs;
using RoomChat.Languages;
using RoomChat.Pages;
using RoomChat.Redis;
using RoomChat.Rooms;
using RoomChat.Settings;
using RoomChat.Terminal;
using RoomChat.Transport;
using RoomChat.Web;

if (Help.Answer(args, Health.Version) is { } answer)
{
    Console.WriteLine(answer);
    return 0;
}
try
{
    DotEnv.Load(new(envFilePaths: [Path.GetFullPath(".env")], overwriteExistingVars: false, trimValues: true));
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions
    {
        Args = args,
        ContentRootPath = File.Exists("appsettings.json") ? null : AppContext.BaseDirectory,
    });
    builder.Configuration.AddDefaults();
    builder.Services.AddSettings().AddRooms(new(Notices.Names, Notices.Sentences)).AddRedis().AddAccounts();
    builder.Services.AddWeb().AddChatHub().AddApi().AddLanguages();
    builder.AddTerminal();
    builder.AddTransport();
    builder.AddPages();
    builder.AddMetrics();
    builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(connections =>
    {
        connections.UseSocketLimiter();
        connections.UseWebSocketTransport();
    }));

    var app = builder.Build();
    app.UseSocketTracking();
    app.UsePathBase();
    app.UseTrustedProxies();
    app.UseProxiedRequestLimiter();
    app.UseRequestLogging();
    app.UseSecurityHeaders();
    app.UseRequestChecks();
    app.UseShutdownRefusal();
    app.MapWhen(HubSetup.IsChatHub, hub =>
    {
        hub.UseConnectionLimiter();
        hub.UseWebSockets();
        hub.RunChatHub();
    });
    app.UseRequestLocalization();
    app.UseExceptionHandler("/error");
    app.UseStatusCodePagesWithReExecute("/error/{0}");
    app.UseWhen(ApiErrors.IsApi, api =>
    {
        api.UseNoStore();
        api.UseApiErrors();
    });
    app.UseAuthentication();
    app.UseAuthorization();
    app.UseFormReading();

    app.MapPages();
    app.MapRoomsApi();
    app.MapAccountsApi();
    app.MapOpenApi();
    app.MapHubNegotiation();
    app.MapHealth();
    app.MapSecurityTxt();
    app.PublishMetrics();

    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (StartupError.Explain(exception) is { } sentence)
{
    await Console.Error.WriteLineAsync(sentence);
    return 1;
}
