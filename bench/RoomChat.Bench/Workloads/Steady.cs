namespace RoomChat.Bench.Workloads;

/// <summary>Messages on a timetable. How late one is counts from when it was due, so a server that falls behind shows it.</summary>
internal sealed record Steady(int Rooms, int Members, int Senders, double PerSecond) : Workload
{
    public override Figures Run(Crowd crowd, Pace pace)
    {
        crowd.Gather(Rooms, Members);
        crowd.Join();
        var schedule = new Schedule(crowd.Now, Senders, PerSecond, scattered: Rooms > 1);
        return crowd.Finish(crowd.Measure(pace.WarmUp, pace.Measured, end => crowd.Drive(schedule, end)));
    }
}
