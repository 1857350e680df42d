namespace RoomChat.Bench.Workloads;

/// <summary>Many are there and say nothing: what each takes of the server's memory.</summary>
internal sealed record Idle(int Rooms, int Members) : Workload
{
    public override string Unit => Connection;

    public override Figures Run(Crowd crowd, Pace pace)
    {
        var before = crowd.Server.MemoryBytes;
        crowd.Gather(Rooms, Members);
        crowd.Join();
        crowd.WaitUntil(crowd.Now + (long)(pace.Idle * 1e9));
        var cost = (crowd.Server.MemoryBytes - before) / 1024.0 / Members;
        crowd.CallTheRoll();
        return crowd.Finish(new Figures { Cost = cost });
    }
}
