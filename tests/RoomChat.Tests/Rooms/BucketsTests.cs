using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Rooms;

public sealed class BucketsTests
{
    private readonly TestClock _clock = new();

    [Fact]
    public void EachKeyHasItsOwnAndGetsItBackOverAMinute()
    {
        var buckets = new Buckets<string>(_clock, perMinute: 3);
        for (var i = 0; i < 3; i++) Assert.Null(buckets.Limit("ana"));

        var refusal = buckets.Limit("ana");
        Assert.Equal(Reason.RateLimited, refusal?.Reason);
        Assert.Equal(TimeSpan.FromSeconds(20), refusal?.RetryAfter);
        Assert.Null(buckets.Limit("bo"));

        _clock.AdvanceSeconds(20);
        Assert.Null(buckets.Limit("ana"));
        Assert.NotNull(buckets.Limit("ana"));
    }

    [Fact]
    public void ZeroIsNoLimit()
    {
        var buckets = new Buckets<string>(_clock, perMinute: 0);
        for (var i = 0; i < 1_000; i++) Assert.Null(buckets.Limit("ana"));
    }

    [Fact]
    public void OfTooManyKeysThoseUsedLongestAgoAreForgotten()
    {
        var buckets = new Buckets<int>(_clock, perMinute: 1);
        buckets.Limit(-1);
        buckets.Limit(-2);
        for (var key = 0; key < 15_000; key++)
        {
            buckets.Limit(key);
            if (key % 1_000 == 0) Assert.NotNull(buckets.Limit(-2));
        }
        for (var key = 15_000; key < 24_000; key++) buckets.Limit(key);

        Assert.Null(buckets.Limit(-1));
        Assert.NotNull(buckets.Limit(-2));
        Assert.InRange(buckets.Count, 10_000, 20_000);
    }
}
