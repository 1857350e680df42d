using RoomChat.Tests.Support;
using StackExchange.Redis;

namespace RoomChat.Tests.Redis;

/// <summary>What the user of docs/scale.md must not do; other tests with Redis show that it may do the rest.</summary>
public sealed class RightsTests : IDisposable
{
    private readonly RedisServer _redis = new();

    public void Dispose() => _redis.Dispose();

    [Theory]
    [InlineData("FLUSHALL")]
    [InlineData("KEYS *")]
    [InlineData("CONFIG GET requirepass")]
    [InlineData("ACL LIST")]
    [InlineData("SHUTDOWN NOSAVE")]
    [InlineData("REPLICAOF localhost 6379")]
    [InlineData("MIGRATE localhost 6379 keys 0 1000")]
    [InlineData("GET others")]
    [InlineData("SET others mine")]
    [InlineData("EVAL return(redis.call('GET','others')) 0")]
    [InlineData("PUBLISH others hello")]
    public async Task TheUserMayDoNothingElse(string command)
    {
        string[] words = command.Split(' ');
        using var redis = await ConnectionMultiplexer.ConnectAsync($"{_redis.Setting},allowAdmin=true");

        var refused = await Assert.ThrowsAsync<RedisServerException>(
            () => redis.GetDatabase().ExecuteAsync(words[0], [.. words[1..]]));

        Assert.Matches("NOPERM|can't access", refused.Message);
    }
}
