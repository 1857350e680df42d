using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Rooms;

public sealed class TokenBucketTests : IDisposable
{
    private readonly TestLobby _lobby = new(new Limits { MessagesPerSecond = 5, MessageBurst = 3 });
    private readonly Member _ana;

    public TokenBucketTests() => (_ana, _) = _lobby.Join(_lobby.NewRoom(), "ana");

    [Fact]
    [CoversSetting<Limits>(nameof(Limits.MessagesPerSecond))]
    public void MessagesAfterABurstAreRateLimitedAndToldHowLongToWait()
    {
        SpendTheBurst();

        var refusal = _ana.Room.Post(_ana, "too fast", null).Refusal();

        Assert.Equal(Reason.RateLimited, refusal.Reason);
        Assert.Equal(TimeSpan.FromMilliseconds(200), refusal.RetryAfter);
    }

    [Fact]
    public void TimeRefillsTheBucketOneTokenAtATime()
    {
        SpendTheBurst();
        _lobby.Clock.AdvanceSeconds(0.2);

        _ana.Post("one more");
        Assert.Equal(Reason.RateLimited, _ana.Room.Post(_ana, "two more", null).Reason());
    }

    [Fact]
    public async Task ALongSilenceRefillsNoMoreThanTheBurst()
    {
        SpendTheBurst();
        await _ana.WaitForReadAsync(4);
        _lobby.Clock.AdvanceSeconds(3_600);

        SpendTheBurst();
        Assert.Equal(Reason.RateLimited, _ana.Room.Post(_ana, "too fast", null).Reason());
    }

    [Fact]
    public void AResendOfAKnownIdIsNeverLimited()
    {
        var seq = _ana.Post("hi", "m1");
        SpendWhatIsLeft();

        Assert.Equal(seq, _ana.Post("hi", "m1"));
    }

    [Fact]
    public void TypingIsRateLimited()
    {
        SpendTheBurst();

        Assert.Equal(Reason.RateLimited, _ana.Room.Typing(_ana).Reason());
    }

    [Fact]
    public void EachMemberHasItsOwnBucket()
    {
        var (bo, _) = _lobby.Join(_ana.Room, "bo");
        SpendTheBurst();

        bo.Post("still here");
    }

    [Fact]
    public void ANewConnectionOnTheSeatRefillsNothing()
    {
        SpendTheBurst();
        _lobby.Return(_ana, new TestReader());

        Assert.Equal(Reason.RateLimited, _ana.Room.Post(_ana, "too fast", null).Reason());
    }

    [Fact]
    public void ARateOfZeroIsNoLimit()
    {
        TokenBucket bucket = default;

        Assert.All(
            Enumerable.Range(0, 1_000),
            _ => Assert.True(bucket.TryTake(TimeSpan.Zero, perSecond: 0, burst: 1, out TimeSpan _)));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(30)]
    public void AMessageAfterTheAnnouncedWaitIsGranted(int perSecond)
    {
        TokenBucket bucket = default;
        var now = TimeSpan.FromSeconds(1_000);
        for (var i = 0; i < 20; i++) Assert.True(bucket.TryTake(now, perSecond, 20, out _));
        for (var i = 0; i < 100; i++)
        {
            Assert.False(bucket.TryTake(now, perSecond, 20, out var wait));
            Assert.True(wait > TimeSpan.Zero);
            now += wait;
            Assert.True(bucket.TryTake(now, perSecond, 20, out var still), $"{i}: {still}");
        }
    }

    public void Dispose() => _lobby.Dispose();

    private void SpendTheBurst()
    {
        for (var i = 0; i < 3; i++) _ana.Post("quick");
    }

    private void SpendWhatIsLeft()
    {
        while (_ana.Room.Post(_ana, "quick", null).TryGet(out _, out _)) { }
    }
}
