using RoomChat.Rooms;
using RoomChat.Terminal;
using RoomChat.Tests.Support;
using Serilog;

namespace RoomChat.Tests.Terminal;

public sealed class RepeatedWarningTests
{
    [Fact]
    public void ManyWarningsOfAKindAreShownAsSomeAndACount()
    {
        var (clock, feed) = (new TestClock(), new ActivityFeed());
        using var log = new LoggerConfiguration().WriteTo.Sink(new LogEventSink(feed, clock)).CreateLogger();

        for (var n = 0; n < 1_000; n++) log.Error(new InvalidOperationException(), "Request {N} failed", n);
        log.Warning("Another kind");
        for (var n = 0; n < 1_000; n++) log.Information("Asked for by a setting");
        clock.AdvanceSeconds(60);
        log.Error("Request {N} failed", "last");
        feed.Complete();

        var shown = feed.Watch().ToList();
        int Lines(string text) =>
            shown.Count(line => $"{line.Line.Values[0]}".Contains(text, StringComparison.Ordinal));
        Assert.Equal((21, 1, 1_000), (Lines("Request"), Lines("Another kind"), Lines("Asked for")));
        Assert.Equal(980, Assert.Single(shown.OfType<MoreLogged>()).Count);
    }
}
