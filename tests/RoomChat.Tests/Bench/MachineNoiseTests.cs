using RoomChat.Bench.Measurement;

namespace RoomChat.Tests.Bench;

public sealed class MachineNoiseTests
{
    [Fact]
    public void OnlyTheCoresInUseCount()
    {
        string[] procStat =
        [
            "cpu  999 999 999 999 999 0 999 999 999 0",
            "cpu0 100 20 30 5000 60 0 7 800 9 0",
            "cpu1 400 50 60 8000 90 0 10 1100 12 0",
            "cpu10 999 999 999 999 999 0 999 999 999 0",
            "intr 999",
        ];

        Assert.Equal(
            new CoreTimes(BusySeconds: 1.57 + 5.2, StolenSeconds: 8 + 11),
            MachineNoise.ParseCoreTimes(procStat, [0, 1]));
    }

    [Fact]
    public void InterruptsThatTheKernelTimesBelongToNoProcess() => Assert.Equal(
        new CoreTimes(BusySeconds: 1.5, StolenSeconds: 0),
        MachineNoise.ParseCoreTimes(["cpu0 100 20 30 5000 60 4 7 0 9 0"], [0]));

    [Theory]
    [InlineData(0.24, 0.04, 0.04, null)]
    [InlineData(double.NaN, 0, 0, null)]
    [InlineData(0.31, 0, -0.01, "noisy: spread 31 %")]
    [InlineData(0, 0.12, 0.07, "noisy: other processes took 12 %, other machines took 7 %")]
    public void AMachineIsNoisyIfRepeatsDifferOrOthersTookCpuTime(
        double spread, double otherCpuShare, double stolenCpuShare, string? description) =>
        Assert.Equal(description, MachineNoise.Describe(spread, otherCpuShare, stolenCpuShare));
}
