using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Rooms;

public sealed class KeyedRateLimiterTests
{
    private readonly TestClock _clock = new();

    [Fact]
    public void EachKeyHasItsOwnLimitThatRefillsOverAMinute()
    {
        var buckets = new KeyedRateLimiter<string>(_clock, perMinute: 3);
        for (var i = 0; i < 3; i++) Assert.Null(buckets.TryTake("ana"));

        var refusal = buckets.TryTake("ana");
        Assert.Equal(Reason.RateLimited, refusal?.Reason);
        Assert.Equal(TimeSpan.FromSeconds(20), refusal?.RetryAfter);
        Assert.Null(buckets.TryTake("bo"));

        _clock.AdvanceSeconds(20);
        Assert.Null(buckets.TryTake("ana"));
        Assert.NotNull(buckets.TryTake("ana"));
    }

    [Fact]
    public void ZeroIsNoLimit()
    {
        var buckets = new KeyedRateLimiter<string>(_clock, perMinute: 0);
        for (var i = 0; i < 1_000; i++) Assert.Null(buckets.TryTake("ana"));
    }

    [Fact]
    public void ACrowdIsForgottenOnceItIsGone()
    {
        var buckets = new KeyedRateLimiter<int>(_clock, perMinute: 1);
        for (var key = 1; key < 9_000; key++) buckets.TryTake(key);
        for (var minute = 0; minute <= 20; minute++)
        {
            buckets.TryTake(0);
            Assert.NotNull(buckets.TryTake(0));
            _clock.AdvanceSeconds(60);
        }

        Assert.Equal(1, buckets.Count);
    }

    [Fact]
    public void TheLeastRecentlyUsedKeysAreForgottenWhenThereAreTooMany()
    {
        var buckets = new KeyedRateLimiter<int>(_clock, perMinute: 1);
        buckets.TryTake(-1);
        buckets.TryTake(-2);
        for (var key = 0; key < 15_000; key++)
        {
            buckets.TryTake(key);
            if (key % 1_000 == 0) Assert.NotNull(buckets.TryTake(-2));
        }
        for (var key = 15_000; key < 24_000; key++) buckets.TryTake(key);

        Assert.Null(buckets.TryTake(-1));
        Assert.NotNull(buckets.TryTake(-2));
        Assert.InRange(buckets.Count, 10_000, 20_000);
    }
}
