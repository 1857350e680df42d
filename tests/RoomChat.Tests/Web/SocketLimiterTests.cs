using System.Net;
using System.Net.Sockets;
using System.Text;
using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Web;

/// <summary>An attack that opens sockets and sends half a request on each.</summary>
public sealed class SocketLimiterTests : IAsyncDisposable
{
    private const int Attack = 300;
    private static readonly IPAddress Attacker = IPAddress.Parse("127.0.0.2");

    private readonly ChatServer _server = new(("Limits:Connections", "40"), ("Limits:ConnectionsPerAddress", "10"));
    private readonly List<Socket> _sockets = [];

    [CoversSetting<Limits>(nameof(Limits.ConnectionsPerAddress))]
    [Fact]
    public async Task HalfSentRequestsOfOneAddressLockOutNobody()
    {
        await using var member = await ChatClient.ConnectAsync(_server);
        var room = await member.CreateRoomAsync();
        await member.JoinAsync(room, "ana");

        await AttackFromAsync(Attacker);

        await AssertServesAsync();
        Assert.Equal(2, await member.SendAsync("still here"));
    }

    /// <summary>People behind one address share it with an attacker there.</summary>
    [Fact]
    public async Task HalfSentRequestsOfTheSameAddressLockOutNobody()
    {
        await AttackFromAsync(IPAddress.Loopback);

        await AssertServesAsync();
    }

    [CoversSetting<Limits>(nameof(Limits.Connections))]
    [Fact]
    public async Task HalfSentRequestsOfManyAddressesLockOutNobody()
    {
        for (var i = 0; i < 20; i++) await AttackFromAsync(IPAddress.Parse($"127.0.1.{i + 1}"), Attack / 20);

        await AssertServesAsync();
    }

    [Fact]
    public async Task SocketsOfOneAddressAreLimited()
    {
        await AttackFromAsync(Attacker);

        await Wait.UntilAsync(() => _sockets.Count(IsOpen) == 20, "twice as many sockets as connections to stay");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in _sockets) socket.Dispose();
        await _server.DisposeAsync();
        _server.AssertNoWarningsLogged();
    }

    private async Task AttackFromAsync(IPAddress address, int count = Attack)
    {
        for (var i = 0; i < count; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            _sockets.Add(socket);
            socket.Bind(new IPEndPoint(address, 0));
            await socket.ConnectAsync(IPAddress.Loopback, _server.Address.Port, TestContext.Current.CancellationToken);
            await socket.SendAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: localhost\r\n"));
        }
    }

    private async Task AssertServesAsync()
    {
        for (var i = 0; i < 10; i++)
        {
            using var visitor = new Visitor(_server);
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/health")).StatusCode);
        }
        await using var newcomer = await ChatClient.ConnectAsync(_server);
        await newcomer.CreateRoomAsync();
    }

    private static bool IsOpen(Socket socket)
    {
        try
        {
            return !socket.Poll(0, SelectMode.SelectRead) || socket.Available > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
