using System.Net;
using RoomChat.Rooms;
using RoomChat.Tests.Support;
using RoomChat.Web;

namespace RoomChat.Tests.Web;

public sealed class RefusalReporterTests
{
    [Fact]
    public void ManyLinesOfOneAddressAreShownAsSomeAndACount()
    {
        var (clock, feed) = (new TestClock(), new ActivityFeed());
        using var refusals = new RefusalReporter(feed, clock);
        IPAddress flooding = IPAddress.Parse("203.0.113.1"), calm = IPAddress.Parse("203.0.113.2");

        for (var n = 0; n < 1_000; n++)
        {
            refusals.Report(flooding, Reason.RoomNotFound, $"{n}");
            refusals.Show(flooding, new ConnectionClosed(clock.GetUtcNow(), null, null, CloseReason.Flooding));
        }
        refusals.Report(calm, Reason.RoomNotFound, "000000");
        clock.AdvanceSeconds(10);
        clock.AdvanceSeconds(60);
        feed.Complete();

        var shown = feed.Watch().ToList();
        Assert.Equal(20, shown.OfType<RequestRefused>().Count(line => line.Room != "000000"));
        Assert.Single(shown.OfType<RequestRefused>(), line => line.Room == "000000");
        Assert.Equal(20, shown.OfType<ConnectionClosed>().Count());
        var more = Assert.Single(shown.OfType<MoreRefused>());
        Assert.Equal((flooding, 2 * 980), (more.Client, more.Count));
    }
}
