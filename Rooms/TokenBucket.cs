namespace RoomChat.Rooms;

/// <summary>So many at once, so many a second. A rate of 0 means no limit.</summary>
internal struct TokenBucket
{
    private const double Rounding = 1e-6;

    private double _spent;
    private TimeSpan _at;

    public bool TryTake(TimeSpan now, double perSecond, int burst, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (perSecond == 0) return true;

        _spent = Math.Max(0, _spent - (now - _at).TotalSeconds * perSecond);
        _at = now;
        if (_spent + 1 > burst + Rounding)
        {
            wait = TimeSpan.FromMilliseconds(Math.Ceiling((_spent + 1 - burst) / perSecond * 1000));
            return false;
        }
        _spent++;
        return true;
    }
}
