using RoomChat.Bench.Workloads;

namespace RoomChat.Tests.Bench;

public sealed class SteadyStateTests
{
    private readonly SteadyState _steadyState = new(minSeconds: 20, maxSeconds: 60);

    [Fact]
    public void ACostThatDoesNotFallIsSteadyAfterTheMinimum()
    {
        Add(10, 10, 10);
        Assert.False(_steadyState.IsFalling);
        Assert.False(_steadyState.IsOver);

        Add(10);
        Assert.True(_steadyState.IsOver);
    }

    [Fact]
    public void AFallingCostIsWaitedForBeyondTheMinimum()
    {
        Add(10, 9, 8, 7, 6);
        Assert.False(_steadyState.IsOver);

        Add(6);
        Assert.False(_steadyState.IsOver);
        Add(6);
        Assert.True(_steadyState.IsOver);
        Assert.False(_steadyState.IsFalling);
    }

    [Fact]
    public void AFallBetweenTwoWindowsWithoutOneStartsTheCountAnew()
    {
        Add(10, 10, 10, 10, 9, 9, 8, 8);
        Assert.True(_steadyState.IsFalling);

        Add(8);
        Assert.False(_steadyState.IsFalling);
    }

    [Fact]
    public void NoiseUpwardsDoesNotHideThatTheCostFellBefore()
    {
        Add(10, 14, 9.8, 12);
        Assert.False(_steadyState.IsFalling);

        Add(9.4);
        Assert.True(_steadyState.IsFalling);
    }

    [Fact]
    public void ACostThatKeepsFallingIsMeasuredAfterTheMaximum()
    {
        for (var i = 0; i < 11; i++) Add(100 - 5 * i);
        Assert.False(_steadyState.IsOver);

        Add(40);
        Assert.True(_steadyState.IsOver);
        Assert.True(_steadyState.IsFalling);
    }

    private void Add(params double[] costs)
    {
        foreach (var cost in costs) _steadyState.AddWindow(cost, SteadyState.WindowSeconds);
    }
}
