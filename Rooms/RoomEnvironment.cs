namespace RoomChat.Rooms;

internal sealed record RoomEnvironment(
    Limits Limits, TimeProvider Time, ActivityFeed Activity, Counters Counters, IReservedNames? ReservedNames,
    IRoomStore Store)
{
    public NameRules Names { get; init; } = new(Limits);

    public TimeSpan Uptime => Time.GetElapsedTime(0);

    public bool HasPassed(TimeSpan since, int seconds) => Uptime - since >= TimeSpan.FromSeconds(seconds);

    public DateTimeOffset UtcNow => Time.GetUtcNow();
}
