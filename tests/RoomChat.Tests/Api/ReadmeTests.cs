using System.Diagnostics;
using System.Text.RegularExpressions;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Api;

/// <summary>Runs the scripts of the README, with another address.</summary>
public sealed partial class ReadmeTests : IAsyncDisposable
{
    private readonly ChatServer _server = new();

    [Fact]
    public async Task FiveLinesMakeARoomJoinWriteReadAndLeave()
    {
        var lines = Shown()[0];
        using var shell = Run(lines);

        var printed = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).Soon();

        Assert.Equal(5, lines.Split('\n').Count(line => line.Contains("curl", StringComparison.Ordinal)));
        Assert.Matches(
            """^\{"seq":2\}\{"events":\[\{"seq":1,"type":"joined","from":"ana",.*"text":"hello",.*\}\]""" +
                ""","seq":2,"epoch":"[0-9a-f]+"\}$""",
            printed);
        Assert.Equal((1, 0), (_server.Lobby.Rooms, _server.Lobby.Members));
    }

    [Fact]
    public async Task ABotOfTenLinesAnswersPing()
    {
        var lines = Shown()[1];
        var room = RoomOf().Match(lines).Groups[1].Value;
        _server.Lobby.Reopen(room);
        await using var ana = await ChatClient.JoinedAsync(_server, room, "ana");
        using var bot = Run(lines);
        await ana.WaitForSeqAsync(2);

        await ana.SendAsync("pin");
        await ana.SendAsync("ping");
        await ana.WaitForTextAsync("pong");
        await ana.SendAsync("thanks");
        await ana.SendAsync("ping");
        await Wait.UntilAsync(() => ana.Texts.Count(text => text == "pong") == 2, "the second pong");

        bot.Kill(entireProcessTree: true);
        Assert.InRange(lines.Split('\n').Length, 1, 10);
        Assert.Equal(["pin", "ping", "pong", "thanks", "ping", "pong"], ana.Texts);
        Assert.Equal("bot", ana.Events[1].GetProperty("from").GetString());
    }

    [Fact]
    public async Task AProgramJoinsAsItsAccount()
    {
        var lines = Shown()[2];
        _server.Lobby.Reopen(RoomOf().Match(lines).Groups[1].Value);
        using var shell = Run(lines);

        var printed = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).Soon();

        Assert.StartsWith("""{"name":"ana"}{"room":"K7M2QX","name":"ana","seat":""", printed, StringComparison.Ordinal);
        Assert.EndsWith(""","registered":true}],"who":1,"owner":1}""", printed, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _server.AssertNoWarningsLogged();
    }

    private Process Run(string lines)
    {
        var here = lines.Replace(
            "http://localhost:5000", _server.Address.ToString().TrimEnd('/'), StringComparison.Ordinal);
        Assert.NotEqual(lines, here);
        return Process.Start(new ProcessStartInfo("bash", ["-c", here]) { RedirectStandardOutput = true })!;
    }

    /// <summary>The shell scripts in the section for programs.</summary>
    private static List<string> Shown()
    {
        var readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "../../../../../README.md"));
        var section = readme.Split("## For programs")[1].Split("\n## ")[0];
        return [.. Block().Matches(section).Select(block => block.Groups[1].Value)];
    }

    [GeneratedRegex("```bash\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("room=([0-9A-Z]{6})")]
    private static partial Regex RoomOf();
}
