using RoomChat.Bench;

namespace RoomChat.Tests.Bench;

public sealed class BenchmarkOptionsTests
{
    [Fact]
    public void EveryWorkloadNameHasBenchmarks()
    {
        var options = BenchmarkOptions.Parse([])!;

        Assert.All(
            options.WorkloadNames,
            name => Assert.NotEmpty(BenchmarkCatalog.GetBenchmarks(name, options.Servers)));
        Assert.Equal(options.WorkloadNames.Count, options.WorkloadNames.Distinct().Count());
    }

    [Theory]
    [InlineData("calm")]
    [InlineData("--repeats")]
    [InlineData("--repeats", "0")]
    [InlineData("--servers", "roomchat,apache")]
    public void InvalidArgumentsAreRejected(params string[] arguments) =>
        Assert.Null(BenchmarkOptions.Parse(arguments));
}
