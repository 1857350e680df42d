namespace RoomChat.Rooms;

public sealed partial class Lobby
{
    /// <summary>The maximum delay of anything due by time.</summary>
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMilliseconds(250);

    private void Sweep()
    {
        foreach (var (_, room) in _rooms)
            if (!room.Sweep()) Remove(room);
        if (_counters.Bytes > _environment.Limits.TotalBytes) TrimLongestIdle();
        _sweeper.Change(SweepInterval, Timeout.InfiniteTimeSpan);
    }

    private void TrimLongestIdle()
    {
        // A snapshot, since sizes change during the sort.
        var rooms = _rooms.Values.Select(room => (Room: room, room.LastActive)).OrderBy(pair => pair.LastActive);
        foreach (var (room, _) in rooms)
        {
            var excess = _counters.Bytes - _environment.Limits.TotalBytes;
            if (excess <= 0) return;
            room.TrimOldest(excess);
        }
    }
}
