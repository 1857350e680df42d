namespace RoomChat.Rooms;

/// <summary>A rate of 0 means no limit. The default value is a full bucket.</summary>
internal struct TokenBucket
{
    private const double RoundingError = 1e-6;

    private double _taken;
    private TimeSpan _updatedAt;

    public bool TryTake(TimeSpan now, double perSecond, long burst, out TimeSpan wait)
    {
        wait = TimeSpan.Zero;
        if (perSecond == 0) return true;

        Refill(now, perSecond);
        if (_taken + 1 > burst + RoundingError)
        {
            wait = TimeSpan.FromMilliseconds(Math.Ceiling((_taken + 1 - burst) / perSecond * 1000));
            return false;
        }
        _taken++;
        return true;
    }

    /// <summary>Of what is known only afterwards. May leave less than nothing, which has to come back first.</summary>
    public void Charge(TimeSpan now, double perSecond, long amount)
    {
        Refill(now, perSecond);
        _taken += amount;
    }

    public void GiveBack() => _taken = Math.Max(0, _taken - 1);

    private void Refill(TimeSpan now, double perSecond)
    {
        _taken = Math.Max(0, _taken - (now - _updatedAt).TotalSeconds * perSecond);
        _updatedAt = now;
    }
}
