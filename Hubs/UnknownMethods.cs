using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace RoomChat.Hubs;

/// <summary>What a program sends as the name of a method by mistake may be a secret, and SignalR logs it.</summary>
internal static class UnknownMethods
{
    private const string Unknown = "(unknown)";

    private static readonly FrozenSet<string> Known = typeof(ChatHub)
        .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Select(method => method.Name).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static HubMessage? Hide(HubMessage? message) => message switch
    {
        InvocationMessage call when IsUnknown(call.Target) => new InvocationMessage(call.InvocationId, Unknown, []),
        InvocationBindingFailureMessage call when IsUnknown(call.Target) =>
            new InvocationMessage(call.InvocationId, Unknown, []),
        StreamInvocationMessage call when IsUnknown(call.Target) =>
            new StreamInvocationMessage(call.InvocationId!, Unknown, []),
        _ => message,
    };

    private static bool IsUnknown(string target) => !Known.Contains(target);
}
