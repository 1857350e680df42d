using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace RoomChat.Terminal;

/// <summary>Common causes of a failed start, in one sentence instead of a stack trace.</summary>
public static class StartupError
{
    public static string? Explain(Exception exception) => exception switch
    {
        AggregateException several => Explain(several.InnerExceptions[0]),
        OptionsValidationException invalid => invalid.Failures.First(),
        ArgumentOutOfRangeException { ParamName: "port" } =>
            "That port does not exist: ports range from 0 to 65535.",
        SocketException unavailable => $"Cannot listen on that address: {unavailable.Message}.",
        IOException or InvalidDataException or InvalidOperationException or FormatException =>
            exception.Message.Split('\n')[0].TrimEnd(),
        _ => null,
    };
}
