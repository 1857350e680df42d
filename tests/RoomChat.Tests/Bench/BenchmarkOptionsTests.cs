using RoomChat.Bench;
using RoomChat.Bench.Servers;

namespace RoomChat.Tests.Bench;

public sealed class BenchmarkOptionsTests
{
    [Fact]
    public void EveryWorkloadNameHasBenchmarks()
    {
        var options = BenchmarkOptions.Parse([])!;
        string[] names = [.. options.WorkloadNames, .. BenchmarkCatalog.RedisWorkloadNames];

        Assert.All(names, name => Assert.NotEmpty(BenchmarkCatalog.GetBenchmarks(name, options.Servers)));
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    [Fact]
    public void RoomChatIsComparedWithItselfUnderASettingAndInAnotherBuild()
    {
        var dll = typeof(Server).Assembly.Location;
        var servers = BenchmarkOptions
            .Parse(["--servers", "roomchat,raw", "--env", "DOTNET_TieredPGO=0", "--build", dll])!.Servers;

        Assert.Equal(
            ["RoomChat", "raw Kestrel", "RoomChat DOTNET_TieredPGO=0", $"RoomChat {dll}"],
            servers.Select(server => server.Name));
        Assert.Equal("0", servers[2].Environment["DOTNET_TieredPGO"]);
        Assert.Equal("Warning", servers[2].Environment["Serilog__MinimumLevel__Default"]);
        Assert.Contains(dll, servers[3].GetCommand(1));
    }

    [Fact]
    public void WorkloadsOnRedisAloneCompareServersThatShareIt()
    {
        var servers = BenchmarkOptions.Parse(["scale", "redis"])!.Servers;

        Assert.Equal([null, 1, 2, 4], servers.Select(server => server.SharingRedis));
    }

    [Theory]
    [InlineData("calm")]
    [InlineData("--repeats")]
    [InlineData("--repeats", "0")]
    [InlineData("--servers", "roomchat,apache")]
    [InlineData("--env", "NAME")]
    [InlineData("--build", "nowhere/RoomChat.dll")]
    public void InvalidArgumentsAreRejected(params string[] arguments) =>
        Assert.Null(BenchmarkOptions.Parse(arguments));
}
