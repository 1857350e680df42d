using Microsoft.Extensions.Time.Testing;

namespace RoomChat.Tests.Support;

/// <summary>Time passes only when a test advances it.</summary>
internal sealed class TestClock() : FakeTimeProvider(new DateTimeOffset(2026, 1, 31, 10, 0, 0, TimeSpan.Zero))
{
    public Action? Advanced { get; set; }

    /// <summary>Until all that is due is done, which another thread does if it sets a timer at the time.</summary>
    public void AdvanceSeconds(double seconds)
    {
        Advance(TimeSpan.FromSeconds(seconds));
        using var isDone = new ManualResetEventSlim();
        using var last = CreateTimer(_ => isDone.Set(), state: null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        Assert.True(isDone.Wait(Wait.Timeout));
        Advanced?.Invoke();
    }
}
