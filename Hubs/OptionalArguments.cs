using System.Buffers;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace RoomChat.Hubs;

/// <summary>SignalR binds no optional arguments: a call that lacks the one that may be missing is read again.</summary>
internal static class OptionalArguments
{
    public static HubMessage? Bind(
        HubMessage? message, ReadOnlySequence<byte> record, IHubProtocol protocol) =>
        message is InvocationBindingFailureMessage { Target: nameof(ChatHub.CreateRoom) }
        && protocol.TryParseMessage(ref record, NoArguments.Instance, out var bare)
        && bare is InvocationMessage call
            ? new InvocationMessage(call.InvocationId, call.Target, [null])
            : message;

    private sealed class NoArguments : IInvocationBinder
    {
        public static readonly NoArguments Instance = new();

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => [];

        public Type GetReturnType(string invocationId) => typeof(object);

        public Type GetStreamItemType(string streamId) => typeof(object);
    }
}
