namespace RoomChat.Bench.Workloads;

/// <summary>Decides when a server has warmed up: when its cost has not fallen for two windows in a row.</summary>
internal sealed class SteadyState(double minSeconds, double maxSeconds)
{
    public const double WindowSeconds = 5;

    private const double Tolerance = 0.03;
    private const int RequiredWindows = 2;

    private double _seconds;
    private double _lowestCost = double.PositiveInfinity;
    private int _windowsWithoutFall;

    public bool IsFalling => _windowsWithoutFall < RequiredWindows;

    /// <summary>Whether to measure now: the cost is steady, or has been falling for too long to wait for it.</summary>
    public bool IsOver => _seconds >= (IsFalling ? maxSeconds : minSeconds);

    public void AddWindow(double cost, double seconds)
    {
        _seconds += seconds;
        _windowsWithoutFall = cost < _lowestCost * (1 - Tolerance) ? 0 : _windowsWithoutFall + 1;
        _lowestCost = Math.Min(_lowestCost, cost);
    }
}
