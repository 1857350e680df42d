using System.Net;
using RoomChat.Tests.Support;
using RoomChat.Web;

namespace RoomChat.Tests.Web;

public sealed class ClientRateLimiterTests
{
    private readonly ClientRateLimiter _limiter = new(new TestClock(), perMinute: 3);

    [Theory]
    [InlineData("2001:db8:1:1::", "2001:db8:1:1::", 3)]
    [InlineData("2001:db8:1:1::", "2001:db8:1:2::", 6)]
    [InlineData("2001:db8:1:1::", "2001:db8:1:2:ffff::", 6)]
    [InlineData("192.0.2.1", "192.0.2.1", 3)]
    [InlineData("192.0.2.1", "192.0.2.2", 6)]
    public void TwoAddressesHaveAnAllowanceEachWhereTheyAreNotOfTheSameNetwork(string one, string other, int allowed) =>
        Assert.Equal(allowed, Allowed(Enumerable.Range(0, 20).Select(n => n % 2 == 0 ? one : other)));

    [Fact]
    public void AWiderNetworkHasMoreButNotAsMuchAsItHasAddresses()
    {
        Assert.Equal(6, Allowed(Enumerable.Range(0, 256).Select(n => $"2001:db8:1:{n:x}::")));
        Assert.Equal(6, Allowed(Enumerable.Range(256, 256).Select(n => $"2001:db8:1:{n:x}::")));
        Assert.Equal(0, Allowed(Enumerable.Range(512, 1_000).Select(n => $"2001:db8:1:{n:x}::")));
        Assert.Equal(3, Allowed(Enumerable.Repeat("2001:db8:2::", 10)));
    }

    [Fact]
    public void WhatAWiderNetworkRefusesIsNotTakenFromTheAddress()
    {
        var limiter = new ClientRateLimiter(new TestClock(), perMinute: 1);
        IPAddress first = IPAddress.Parse("2001:db8:1:1::"), last = IPAddress.Parse("2001:db8:1:3::");
        Assert.Null(limiter.TryTake(first));
        Assert.Null(limiter.TryTake(IPAddress.Parse("2001:db8:1:2::")));
        Assert.NotNull(limiter.TryTake(last));

        limiter.GiveBack(first);

        Assert.Null(limiter.TryTake(last));
    }

    private int Allowed(IEnumerable<string> clients) =>
        clients.Count(client => _limiter.TryTake(ClientNetwork.Of(IPAddress.Parse(client))) is null);
}
