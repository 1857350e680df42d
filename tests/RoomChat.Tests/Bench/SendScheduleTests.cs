using RoomChat.Bench.Workloads;

namespace RoomChat.Tests.Bench;

public sealed class SendScheduleTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EverySenderSendsOncePerPeriodInTheOrderOfTheirOffsets(bool randomOffsets)
    {
        const long start = 1_000, period = 1_000_000_000 / 5;
        var schedule = new SendSchedule(start, senders: 10, messagesPerSecond: 50, randomOffsets);

        for (var periodStart = start; periodStart < start + 3 * period; periodStart += period)
        {
            List<(long Time, int Sender)> sends = [];
            for (var i = 0; i < 10; i++, schedule.Advance()) sends.Add((schedule.NextTime, schedule.NextSender));

            Assert.Equal(Enumerable.Range(0, 10), sends.Select(send => send.Sender).Order());
            Assert.Equal(sends.Order(), sends);
            Assert.All(sends, send => Assert.InRange(send.Time, periodStart, periodStart + period - 1));
        }
    }
}
