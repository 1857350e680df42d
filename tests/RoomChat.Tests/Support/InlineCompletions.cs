using System.Runtime.CompilerServices;

namespace RoomChat.Tests.Support;

/// <summary>Tests block here and there, which no thread may that also reads the sockets of other tests.</summary>
internal static class InlineCompletions
{
    public const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    [ModuleInitializer]
    public static void Disable() => Environment.SetEnvironmentVariable(Variable, "0");
}
