namespace RoomChat.Rooms;

/// <summary>
/// In a quiet room, what a member says is delivered by the thread that received it, once it has answered, so that no
/// other thread has to be woken. Where more is said, the pool's rounds carry several messages.
/// </summary>
internal sealed partial class DeliveryRounds
{
    private static readonly TimeSpan QuietTime = TimeSpan.FromMilliseconds(5);

    private TimeSpan _lastRound;
    private bool _isDeferred, _isWoken;
    private Action? _deliverDeferred;

    public bool IsQuiet =>
        !_isRunning && PacePerReader * _places.Count < ShortestPause && environment.Uptime - _lastRound >= QuietTime;

    /// <param name="sender">Given in a quiet room.</param>
    public void Wake(Place? sender)
    {
        if (sender?.Reader.TryDefer(_deliverDeferred ??= DeliverDeferred) == true)
            (_isRunning, _isDeferred) = (true, true);
        else Wake();
    }

    private void DeliverDeferred()
    {
        List<PendingWrite> round;
        lock (gate)
        {
            if (!_isDeferred) return;       // more was said meanwhile
            (_isDeferred, _isWoken) = (false, false);
            round = BeginRound();
        }
        var completed = StartWrites(round);
        lock (gate)
        {
            MarkCompleted(completed);
            _isRunning = false;
            if (_isWoken) Wake();
        }
    }
}
