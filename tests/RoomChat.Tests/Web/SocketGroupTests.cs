using System.Net;
using Microsoft.AspNetCore.Connections;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Tests.Web;

/// <summary>The bookkeeping of sockets, without sockets: four in all, two of one address.</summary>
public sealed class SocketGroupTests
{
    private readonly SocketLimiter _limiter = new(new Limits { Connections = 2, ConnectionsPerAddress = 1 });

    [Fact]
    public void ASocketInUseIsNeverDropped()
    {
        foreach (var address in (string[])["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"])
            _limiter.BeginRequest(Added(address, out _));

        Assert.False(_limiter.TryAdd(Socket("192.0.2.5"), out var dropped));
        Assert.Null(dropped);
    }

    [Fact]
    public void TheSocketThatIsIdleForLongestIsDropped()
    {
        var first = Added("192.0.2.1", out _);
        var second = Added("192.0.2.2", out _);
        Added("192.0.2.3", out _);
        Added("192.0.2.4", out _);
        _limiter.BeginRequest(first);
        _limiter.EndRequest(first);

        Added("192.0.2.5", out var dropped);

        Assert.Same(second, dropped);
    }

    [Fact]
    public void AnAddressWhoseOnlySocketMadeRoomForItsNextOneIsStillLimited()
    {
        Added("192.0.2.1", out _);
        foreach (var address in (string[])["192.0.2.2", "192.0.2.3", "192.0.2.4"]) Added(address, out _);
        var next = Added("192.0.2.1", out var first);
        var another = Added("192.0.2.1", out _);
        _limiter.Remove(first!);

        Added("192.0.2.1", out var dropped);

        Assert.Same(next, dropped);
        Assert.NotSame(another, dropped);
    }

    [Fact]
    public void AddressesWithoutSocketsAreForgottenAlsoWhereTheyWereRefused()
    {
        var used = Enumerable.Range(1, 4).Select(n => Added($"192.0.2.{n}", out _)).ToList();
        used.ForEach(_limiter.BeginRequest);
        for (var n = 0; n < 100; n++) Assert.False(_limiter.TryAdd(Socket($"198.51.100.{n}"), out _));
        Assert.Equal(4, _limiter.Networks);

        used.ForEach(_limiter.Remove);
        Assert.Equal(0, _limiter.Networks);
    }

    [Fact]
    public void ASiteWithManyNetworksIsLimitedAsAWhole()
    {
        var limiter = new SocketLimiter(new Limits { Connections = 100, ConnectionsPerAddress = 1 });
        LimitedSocket? dropped = null;
        for (var n = 0; n < 8; n++) Assert.True(limiter.TryAdd(Socket($"2001:db8:1:{n << 8:x}::"), out dropped));
        Assert.Null(dropped);

        Assert.True(limiter.TryAdd(Socket("2001:db8:1:ff00::"), out dropped));
        Assert.NotNull(dropped);
        Assert.True(limiter.TryAdd(Socket("2001:db8:2::"), out dropped));
        Assert.Null(dropped);
    }

    private LimitedSocket Added(string address, out LimitedSocket? dropped)
    {
        var socket = Socket(address);
        Assert.True(_limiter.TryAdd(socket, out dropped));
        return socket;
    }

    private static LimitedSocket Socket(string address) =>
        new(new DefaultConnectionContext(), IPAddress.Parse(address));
}
