using RoomChat.Bench.Workloads;

namespace RoomChat.Tests.Bench;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EverySenderComesOnceInEachPeriodAndNobodyBeforeTheOther(bool scattered)
    {
        const long start = 1_000, second = 1_000_000_000;
        var schedule = new Schedule(start, senders: 10, perSecond: 50, scattered);

        for (var period = 0; period < 3; period++)
        {
            List<(long Due, int Sender)> turns = [];
            for (var i = 0; i < 10; i++, schedule.Next()) turns.Add((schedule.Due, schedule.Sender));

            Assert.Equal(Enumerable.Range(0, 10), turns.Select(turn => turn.Sender).Order());
            Assert.Equal(turns.Order(), turns);
            Assert.All(turns, turn => Assert.InRange(turn.Due, start + period * second / 5, start + (period + 1) * second / 5 - 1));
        }
    }
}
