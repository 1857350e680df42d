using System.Net;
using RoomChat.Rooms;
using RoomChat.Tests.Support;
using RoomChat.Web;

namespace RoomChat.Tests.Web;

public sealed class RefusalsTests
{
    [Fact]
    public void ManyRefusalsOfOneAddressAreSomeLinesAndANumber()
    {
        var (clock, feed) = (new TestClock(), new Feed());
        using var refusals = new Refusals(feed, clock);
        IPAddress flooding = IPAddress.Parse("203.0.113.1"), calm = IPAddress.Parse("203.0.113.2");

        for (var n = 0; n < 1_000; n++) refusals.Show(flooding, Reason.RoomNotFound, $"{n}");
        refusals.Show(calm, Reason.RoomNotFound, "000000");
        clock.AdvanceSeconds(10);
        clock.AdvanceSeconds(60);
        feed.End();

        var shown = feed.Watch().ToList();
        Assert.Equal(20, shown.OfType<Refused>().Count(line => line.Room != "000000"));
        Assert.Single(shown.OfType<Refused>(), line => line.Room == "000000");
        Assert.Equal((flooding, 980), shown.OfType<RefusedMore>().Select(more => (more.From, more.Count)).Single());
    }
}
