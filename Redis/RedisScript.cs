using StackExchange.Redis;

namespace RoomChat.Redis;

/// <summary>Changes what servers share, all of it or nothing.</summary>
internal sealed class RedisScript(string name)
{
    private readonly string _text = ReadText(name);

    public static RedisScript Append { get; } = new("append");
    public static RedisScript Create { get; } = new("create");
    public static RedisScript End { get; } = new("end");
    public static RedisScript Release { get; } = new("release");
    public static RedisScript Renew { get; } = new("renew");
    public static RedisScript AddAccount { get; } = new("add-account");
    public static RedisScript ChangeAccount { get; } = new("change-account");

    public Task<RedisResult> RunAsync(IDatabaseAsync redis, RedisKey[] keys, params RedisValue[] arguments) =>
        redis.ScriptEvaluateAsync(_text, keys, arguments);

    private static string ReadText(string name)
    {
        using var stream = typeof(RedisScript).Assembly.GetManifestResourceStream($"{name}.lua")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
