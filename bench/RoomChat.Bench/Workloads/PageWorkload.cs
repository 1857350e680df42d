using RoomChat.Bench.Browsing;
using RoomChat.Bench.Measurement;
using RoomChat.Bench.Servers;

namespace RoomChat.Bench.Workloads;

/// <summary>
/// What a message costs the main thread of a page at which nobody scrolls, once it has got many. Members: how many
/// others are in the room, of which ten talk.
/// </summary>
internal sealed record PageWorkload(int MessagesBefore, int Members) : Workload
{
    private const int Senders = 10, MeasuredMessages = 2_000, Batch = 1_000;
    private const double MessagesPerSecond = 200, MessagesPerSecondBefore = 2_000;

    public override string CostUnit => "ms of the page's thread per message";

    public override IReadOnlyList<Measurements> Run(ServerInstance server, Durations durations)
    {
        using var driver = new LoadDriver(server);
        driver.AddClients(rooms: 1, Members);
        driver.JoinAll();
        T Wait<T>(Task<T> task)
        {
            while (!task.IsCompleted) driver.RunUntil(driver.Now + 10_000_000);
            return task.GetAwaiter().GetResult();
        }

        var reader = driver.Clients[0].Member!;
        using var page = Wait(RoomPage.OpenAsync(server.PortOf(null), reader.Room.Code));
        void Send(int messages, double perSecond)
        {
            var schedule = new SendSchedule(driver.Now, Senders, perSecond, randomOffsets: false);
            driver.RunSchedule(schedule, driver.Now + (long)(messages / perSecond * 1e9));
            driver.RunUntilDelivered();
            Wait(page.HasDrawnAsync(reader.LastSequenceNumber));
        }

        for (var sent = 0; sent < MessagesBefore; sent += Batch) Send(Batch, MessagesPerSecondBefore);
        var start = ResourceSnapshot.Take(server, operations: 0);
        Wait(page.CollectGarbageAsync());
        var before = Wait(page.MeasureAsync());
        Send(MeasuredMessages, MessagesPerSecond);
        var after = Wait(page.MeasureAsync());
        Wait(page.CollectGarbageAsync());
        var kept = Wait(page.MeasureAsync());
        var end = ResourceSnapshot.Take(server, MeasuredMessages);
        return
        [
            end.MeasureSince(start) with
            {
                Cost = (after.ThreadMilliseconds - before.ThreadMilliseconds) / MeasuredMessages,
                DriverCpuShare = null,
                Page = after with { HeapMegabytes = kept.HeapMegabytes, Nodes = kept.Nodes },
                Check = driver.CheckDeliveries(),
            },
        ];
    }
}
