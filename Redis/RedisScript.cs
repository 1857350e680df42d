using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace RoomChat.Redis;

/// <summary>Changes what servers share, all of it or nothing.</summary>
internal sealed class RedisScript
{
    private const string NotLoaded = "NOSCRIPT";

    private readonly string _text;
    private readonly byte[] _hash;
    private volatile bool _isLoaded;

    [SuppressMessage("Security", "CA5350", Justification = "Redis names scripts by it.")]
    private RedisScript(string name)
    {
        _text = ReadText(name);
        _hash = SHA1.HashData(Encoding.UTF8.GetBytes(_text));
    }

    public static RedisScript Append { get; } = new("append");
    public static RedisScript BeginAnew { get; } = new("begin-anew");
    public static RedisScript Create { get; } = new("create");
    public static RedisScript End { get; } = new("end");
    public static RedisScript Release { get; } = new("release");
    public static RedisScript Renew { get; } = new("renew");
    public static RedisScript AddAccount { get; } = new("add-account");
    public static RedisScript FindName { get; } = new("find-name");
    public static RedisScript ChangeAccount { get; } = new("change-account");

    /// <summary>
    /// By its hash, since to look up a text of this length costs more than to send the rest; but by its text until it
    /// is known there, since what is asked a second time is overtaken by what was asked next.
    /// </summary>
    public async Task<RedisResult> RunAsync(IDatabaseAsync redis, RedisKey[] keys, params RedisValue[] arguments)
    {
        try
        {
            if (_isLoaded) return await redis.ScriptEvaluateAsync(_hash, keys, arguments).ConfigureAwait(false);
        }
        catch (RedisServerException exception)
            when (exception.Message.StartsWith(NotLoaded, StringComparison.Ordinal))
        {
            // Redis was restarted, or this is another node of a cluster.
        }
        var result = await redis.ScriptEvaluateAsync(_text, keys, arguments, CommandFlags.NoScriptCache)
            .ConfigureAwait(false);
        _isLoaded = true;
        return result;
    }

    private static string ReadText(string name)
    {
        using var stream = typeof(RedisScript).Assembly.GetManifestResourceStream($"{name}.lua")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
