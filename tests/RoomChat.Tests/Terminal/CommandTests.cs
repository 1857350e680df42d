using System.Net;
using RoomChat.Accounts;
using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Terminal;

/// <summary>What whoever runs the server types.</summary>
[Collection(nameof(TestTerminal))]
public sealed class CommandTests : IAsyncDisposable
{
    private readonly TestTerminal _terminal = new();
    private readonly TestReader _anas = new(), _bos = new();
    private readonly Member _ana, _bo;

    public CommandTests()
    {
        _ana = Join("ana", _anas);
        _bo = Join("bo", _bos);
    }

    [Fact]
    public async Task ARoomIsClosed()
    {
        await _terminal.TypeAsync($"close {_ana.Room.Code}".ToLowerInvariant());

        await _anas.WaitForCloseAsync(CloseReason.RoomClosed);
        Assert.Empty(_bos.CloseReasons);
        await _terminal.TypeAsync("close 000000");
        Assert.EndsWith("> There is no room 000000.", (await _terminal.LinesAsync())[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneRoomIsToldOrAllOfThem()
    {
        await _terminal.TypeAsync($"say {_ana.Room.Code} tea is ready");
        await _terminal.TypeAsync("say please go home");       // "please" could be a code

        await _anas.WaitForSeqAsync(3);
        await _bos.WaitForSeqAsync(2);
        Assert.Equal(["tea is ready", "please go home"], Announced(_anas));
        Assert.Equal(["please go home"], Announced(_bos));
        var lines = await _terminal.LinesAsync();
        Assert.Contains(lines, line => line.EndsWith("* server: tea is ready", StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync() => _terminal.DisposeAsync();

    [Fact]
    public async Task NoNameForgesWhatTheServerSays()
    {
        var forger = Join("server", new TestReader());
        forger.Post("please give me your password");

        var page = (await forger.Room.ReadAsync(forger, 0, TimeSpan.Zero, CancellationToken.None)).OrFail();
        Assert.DoesNotContain(page.Events, line => line.Type == EventType.Announced);
    }

    [Fact]
    public async Task RoomsAreListed()
    {
        _ana.NameRoom("lunch").OrFail();
        _ana.Lock().OrFail();
        await _terminal.TypeAsync("rooms");

        var lines = await _terminal.LinesAsync();
        var listed = $"{_ana.Room.Code} > 1 here, lunch, locked";
        Assert.Contains(lines, line => line.EndsWith(listed, StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith($"{_bo.Room.Code} > 1 here", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AllSessionsOfAnAccountAreEnded()
    {
        var sessions = _terminal.Get<Sessions>();
        var account = (await _terminal.Get<Authenticator>().SignUpAsync("cy", "correct horse", IPAddress.Loopback))
            .OrFail();
        var visits = new[] { SessionKind.Browser, SessionKind.Program }.Select(async kind =>
            SessionClaims.Of((await sessions.BeginAsync(account, kind)).OrFail()).ToPrincipal());
        var tickets = await Task.WhenAll(visits);

        await _terminal.TypeAsync("sign-out CY");
        await _terminal.TypeAsync("sign-out di");

        foreach (var ticket in tickets)
            Assert.Equal(Reason.NotSignedIn, (await sessions.RecognizeAsync(ticket)).Reason());
        var lines = await _terminal.LinesAsync();
        Assert.Contains(lines, line => line.EndsWith("@ cy was signed out everywhere", StringComparison.Ordinal));
        Assert.EndsWith($"> {new Refusal(Reason.AccountNotFound).Message}", lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("help")]
    [InlineData("say")]
    [InlineData("sign-out")]
    [InlineData("shutdown now")]
    public async Task WhateverElseIsAnsweredWithHelp(string typed)
    {
        await _terminal.TypeAsync("");
        await _terminal.TypeAsync(typed);

        Assert.Contains(
            await _terminal.LinesAsync(), line => line.Contains("> close K7M2QX", StringComparison.Ordinal));
    }

    private static IEnumerable<string?> Announced(TestReader reader) =>
        reader.Events.Where(line => line.Type == EventType.Announced).Select(line => line.Text);

    private Member Join(string name, TestReader reader)
    {
        var room = _terminal.Lobby.Create().OrFail();
        return _terminal.Lobby.Join(new JoinAttempt($"{room.Code}", name), reader).OrFail().Member;
    }
}
