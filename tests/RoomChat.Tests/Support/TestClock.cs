using Microsoft.Extensions.Time.Testing;

namespace RoomChat.Tests.Support;

/// <summary>Time passes only when a test advances it.</summary>
internal sealed class TestClock() : FakeTimeProvider(new DateTimeOffset(2026, 1, 31, 10, 0, 0, TimeSpan.Zero))
{
    public Action? Advanced { get; set; }

    public void AdvanceSeconds(double seconds)
    {
        Advance(TimeSpan.FromSeconds(seconds));
        Advanced?.Invoke();
    }
}
