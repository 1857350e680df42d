using System.Text.Json;
using System.Text.RegularExpressions;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Hubs;

public sealed partial class ImpersonationTests : IAsyncDisposable
{
    private readonly ChatServer _server = new();

    /// <summary>Everything that is sent to a member has only these properties.</summary>
    private static readonly string[] Properties =
    [
        "type", "target", "arguments", "invocationId", "result",
        "room", "name", "seat", "epoch", "seq", "users", "since", "registered", "from", "text", "at", "id",
        "who", "owner", "to",
    ];

    [Fact]
    public async Task NothingOfAnothersSeatTokenOrConnectionReachesAMember()
    {
        using var eve = await RawClient.ConnectAsync(_server);
        var room = $"{_server.Lobby.Create().OrFail().Code}";
        List<string> frames = [await eve.CallAsync("JoinRoom", $$"""{"room":"{{room}}","name":"eve"}""")];
        var own = Seat().Match(frames[0]).Groups[1].Value;
        List<string> secrets = [];

        using var program = await ApiClient.OfAsync(_server);
        await program.SignUpAsync("ana");
        var (access, refresh) = await program.SignInAsync("ana");
        await program.JoinAsync(room, "bot");
        await program.PostMessageAsync("from a program", "id-1");
        secrets.AddRange([access, refresh, program.Seat!]);
        var ana = await ChatClient.ConnectAsync(_server);
        var seat = (await ana.CallAsync("JoinRoom", new { room, name = "ana", token = access }))
            .GetProperty("seat").GetString()!;
        await ana.SendAsync("hi", "id-2");
        await ana.CallAsync("Typing");
        await ana.DisposeAsync();
        await using var back = await ChatClient.ConnectAsync(_server);
        await back.JoinAsync(room, "another name", seat);
        await back.SendAsync("the end");
        secrets.Add(seat);
        secrets.AddRange(_server.Services.GetRequiredService<RoomChat.Hubs.ChatLifetimeManager>().ConnectionIds);

        do frames.Add(await eve.NextAsync());
        while (!frames[^1].Contains("the end", StringComparison.Ordinal));
        frames.Add(await eve.CallAsync("JoinRoom", $$"""{"room":"{{room}}","name":"eve"}"""));

        Assert.Equal(2, secrets.Count(secret => secret.Length == 22));     // the two connections
        foreach (var frame in frames.Where(frame => frame != ""))
        {
            Assert.DoesNotContain(secrets, secret => frame.Contains(secret, StringComparison.OrdinalIgnoreCase));
            Assert.All(Names(JsonDocument.Parse(frame).RootElement), name => Assert.Contains(name, Properties));
            if (Seat().Match(frame) is { Success: true } shown) Assert.Equal(own, shown.Groups[1].Value);
        }
    }

    [Theory]
    [InlineData("""{"text":"hi","from":"ana"}""")]
    [InlineData("""{"text":"hi","name":"ana","user":"ana","seat":"SEAT"}""")]
    [InlineData(
        """{"text":"hi","room":"OTHER","seat":"SEAT","seq":1""" +
        ""","type":"joined","at":"2020-01-01T00:00:00Z","registered":true}""")]
    public async Task TheNameOnAMessageComesFromTheSeatAlone(string message)
    {
        var (room, other) = ($"{_server.Lobby.Create().OrFail().Code}", $"{_server.Lobby.Create().OrFail().Code}");
        await using var ana = await ChatClient.ConnectAsync(_server);
        var seat = (await ana.JoinAsync(room, "ana")).GetProperty("seat").GetString();
        await using var bo = await ChatClient.JoinedAsync(_server, other, "bo");
        using var eve = await RawClient.ConnectAsync(_server);
        await eve.CallAsync("JoinRoom", $$"""{"room":"{{room}}","name":"eve"}""");

        await eve.CallAsync(
            "SendMessage",
            message.Replace("SEAT", seat, StringComparison.Ordinal).Replace("OTHER", other, StringComparison.Ordinal));
        await ana.WaitForTextAsync("hi");

        var line = ana.Events[^1];
        Assert.Equal(
            ("eve", "message", 3),
            (line.GetProperty("from").GetString(),
                line.GetProperty("type").GetString(),
                line.GetProperty("seq").GetInt32()));
        Assert.False(line.TryGetProperty("registered", out _));
        Assert.Empty(bo.Texts);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _server.AssertNoWarningsLogged();
    }

    private static IEnumerable<string> Names(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object =>
            value.EnumerateObject().SelectMany(property => Names(property.Value).Append(property.Name)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Names),
        _ => [],
    };

    [GeneratedRegex("\"seat\":\"([^\"]+)\"")]
    private static partial Regex Seat();
}
