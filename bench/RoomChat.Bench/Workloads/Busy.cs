namespace RoomChat.Bench.Workloads;

/// <summary>One room in which everybody speaks again as soon as they hear themselves.</summary>
internal sealed record Busy(int Members) : Workload
{
    public override Figures Run(Crowd crowd, Pace pace)
    {
        crowd.Gather(rooms: 1, Members);
        crowd.Join();
        crowd.CameBack = client => crowd.Send(client);
        foreach (var client in crowd.Clients) crowd.Send(client);
        var figures = crowd.Measure(pace.WarmUp, pace.Measured, crowd.WaitUntil);
        crowd.CameBack = null;
        return crowd.Finish(figures);
    }
}
