using System.Buffers;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using RoomChat.Rooms;
using RoomChat.Web;
using static RoomChat.Fuzz.PropertyException;

namespace RoomChat.Fuzz.Targets;

/// <summary>A line each: X-Forwarded-For, -Proto, -Host, Host and Origin, as a trusted proxy passes them on.</summary>
internal static class Forwarding
{
    private static readonly IPAddress Proxy = IPAddress.Parse("10.0.0.9"), Client = IPAddress.Parse("203.0.113.7");

    private static readonly SearchValues<char> HostCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:[]%@");

    private static readonly ServiceProvider Services = new ServiceCollection().AddLogging()
        .AddSingleton(new NetworkSettings { Proxies = "10.0.0.0/8", Hosts = "chat.example.org;*.example.com" })
        .AddSingleton<IServer, NoServer>().AddSingleton<KnownHosts>()
        .AddSingleton<NetworkAddress>().AddSingleton<ActivityFeed>().AddSingleton(TimeProvider.System)
        .AddSingleton<RefusalReporter>()
        .AddOptions<ForwardedHeadersOptions>().Configure<NetworkSettings>(TrustedProxies.Configure).Services
        .BuildServiceProvider();

    private static readonly RequestDelegate Pipeline = CreatePipeline();

    public static void Check(byte[] input)
    {
        var lines = Encoding.UTF8.GetString(input).Split('\n');
        if (IsRefusedByKestrel(input, lines.ElementAtOrDefault(3))) return;

        Pass(lines, Proxy);
        var forged = Pass([$"{lines[0]}, {Client}", .. lines[1..]], Proxy);
        RequireEqual(Client, forged.Connection.RemoteIpAddress, "What a client claims counts for nothing");
        var stranger = Pass(lines, Client);
        RequireEqual(Client, stranger.Connection.RemoteIpAddress, "Only a proxy is believed");
        RequireEqual("http", stranger.Request.Scheme, "Only a proxy is believed");
    }

    private static bool IsRefusedByKestrel(byte[] input, string? host) =>
        input.Any(value => value is < (byte)' ' and not (byte)'\n' or 0x7F)
        || host.AsSpan().ContainsAnyExcept(HostCharacters);

    private static DefaultHttpContext Pass(string[] lines, IPAddress sender)
    {
        var context = new DefaultHttpContext { RequestServices = Services };
        context.Connection.RemoteIpAddress = sender;
        context.Request.Path = "/r/K7M2QX";
        string[] names = ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Host", "Origin"];
        context.Request.Scheme = "http";
        context.Request.Host = new HostString("chat.example.org");
        foreach (var (name, line) in names.Zip(lines))
            if (line.Length > 0) context.Request.Headers[name] = line;
        Finished.Run(Pipeline(context));
        Require(context.Response.StatusCode is 200 or 400 or 403, "A request is served or refused");
        foreach (var tier in ClientNetwork.TiersOf(ClientNetwork.Of(context)))
            Require(tier.Prefix is 32 or 64 or 56 or 48, "Every client is in a network");
        return context;
    }

    private static RequestDelegate CreatePipeline()
    {
        var app = new ApplicationBuilder(Services);
        app.UseTrustedProxies();
        app.UseRequestChecks();
        app.Run(context =>
        {
            NetworkAddress.IsLoopback(context.Request.Host);
            Services.GetRequiredService<NetworkAddress>().For(context);
            return Task.CompletedTask;
        });
        return app.Build();
    }

    private sealed class NoServer : IServer
    {
        public IFeatureCollection Features { get; } =
            new FeatureCollection();

        public Task StartAsync<TContext>(
            IHttpApplication<TContext> application,
            CancellationToken cancellationToken) where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
