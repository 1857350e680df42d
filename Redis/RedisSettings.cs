using System.ComponentModel;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace RoomChat.Redis;

public sealed class RedisSettings : IValidateOptions<RedisSettings>
{
    [Description("the Redis that several servers share, as host:port")]
    public string? Redis { get; init; }

    internal bool IsEnabled => Redis is { Length: > 0 };

    internal ConfigurationOptions Parse() => ConfigurationOptions.Parse(Redis!);

    public ValidateOptionsResult Validate(string? name, RedisSettings options)
    {
        if (!options.IsEnabled) return ValidateOptionsResult.Success;
        try
        {
            if (options.Parse().EndPoints.Count > 0) return ValidateOptionsResult.Success;
        }
        catch (ArgumentException)
        {
            // Said below.
        }
        // It may hold a password.
        return ValidateOptionsResult.Fail("RoomChat:Redis cannot be read; it must be host:port, like redis:6379.");
    }
}
