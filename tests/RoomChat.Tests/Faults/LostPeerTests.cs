using RoomChat.Tests.Support;

namespace RoomChat.Tests.Faults;

/// <summary>What only a network shows; SeatTests has the rules.</summary>
public sealed class LostPeerTests : IAsyncLifetime
{
    private readonly TestClock _clock = new();
    private readonly ChatServer _server;
    private readonly FaultProxy _proxy;
    private readonly string _room;
    private ChatClient _bo = null!;
    private string? _seat, _epoch;

    public LostPeerTests()
    {
        _server = new ChatServer(
            services =>
            {
                services.AddSingleton<TimeProvider>(_clock);
                Pings.Often(services);
            },
            ("Limits:SeatSeconds", "30"), ("Limits:SlowMemberSeconds", "3600"));
        _proxy = new FaultProxy(_server.Address);
        _room = $"{_server.Lobby.Create().OrFail().Code}";
    }

    public async ValueTask InitializeAsync()
    {
        _bo = await ChatClient.ConnectAsync(_proxy.Address);
        var joined = await _bo.JoinAsync(_room, "bo");
        (_seat, _epoch) = (joined.GetProperty("seat").GetString(), joined.GetProperty("epoch").GetString());
        await _bo.WaitForSeqAsync(1);
    }

    [Fact]
    public async Task AReturnReplacesAConnectionWhosePeerIsLostAndIsNotAnnounced()
    {
        await using var ana = await ChatClient.JoinedAsync(_server, _room, "ana");
        await _bo.WaitForSeqAsync(2);
        await _proxy.Lines[0].GoSilentAsync();
        await ana.SendAsync("in the meantime");

        await using var back = await ChatClient.ConnectAsync(_server);
        await back.JoinAsync(_room, "bo", _seat, _epoch, after: 2);
        await WaitUntilLostAsync(connectionsLeft: 2);
        var last = await back.SendAsync("still bo");
        await Task.WhenAll(ana.WaitForSeqAsync(last), back.WaitForSeqAsync(last));

        Assert.Equal([1, 2, 3, 4], ana.Seqs.Order());
        Assert.Equal([3, 4], back.Seqs);
    }

    [Fact]
    public async Task TheSeatOfALostPeerEndsFromWhenThePeerWasLastHeard()
    {
        await _proxy.Lines[0].GoSilentAsync();
        _clock.AdvanceSeconds(12);
        await WaitUntilLostAsync(connectionsLeft: 0);

        _clock.AdvanceSeconds(17.5);
        Assert.Equal(1, _server.Lobby.Members);
        _clock.AdvanceSeconds(0.75);

        Assert.Equal(0, _server.Lobby.Members);
    }

    [Fact]
    public async Task TheSeatOfAPeerThatClosesItsConnectionEndsFromTheClose()
    {
        _clock.AdvanceSeconds(12);
        _proxy.Lines[0].Cut();
        await WaitUntilLostAsync(connectionsLeft: 0);

        _clock.AdvanceSeconds(29);
        Assert.Equal(1, _server.Lobby.Members);
        _clock.AdvanceSeconds(1.25);

        Assert.Equal(0, _server.Lobby.Members);
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _bo.DisposeAsync();
        await _server.DisposeAsync();
        _server.AssertNoWarningsLogged();
    }

    private Task WaitUntilLostAsync(int connectionsLeft) =>
        Wait.UntilAsync(() => _server.Connections == connectionsLeft, "the server to find the peer lost");
}
