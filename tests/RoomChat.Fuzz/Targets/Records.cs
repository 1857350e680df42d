using System.Buffers;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using RoomChat.Hubs;
using RoomChat.Rooms;
using RoomChat.Web;
using static RoomChat.Fuzz.PropertyException;

namespace RoomChat.Fuzz.Targets;

/// <summary>What a connection sends to the hub after its handshake.</summary>
internal static class Records
{
    private const int PartLength = 7;
    private static readonly JsonHubProtocol Json = CreateJson();

    public static void Check(byte[] input)
    {
        var whole = Read(new ReadOnlySequence<byte>(input));
        RequireEqual(whole, Read(InParts(input)), "Records are read the same however they arrive");
    }

    /// <summary>Describes all records, and why the connection ends.</summary>
    private static string Read(ReadOnlySequence<byte> input)
    {
        var protocol = new RateLimitedHubProtocol(Json, new Limits { MessagesPerSecond = 0 }, TimeProvider.System);
        var read = new StringBuilder();
        try
        {
            for (var before = input.Length; ; before = input.Length)
            {
                if (!protocol.TryParseMessage(ref input, Binder.Instance, out var message)) break;
                Require(input.Length < before, "Each record is read once");
                read.AppendLine(Describe(message));
            }
            RequireEqual(null, input.PositionOf((byte)'\u001e'), "Only a record without an end is left");
        }
        catch (InvalidDataException)
        {
            read.AppendLine("malformed");
        }
        return $"{read}";
    }

    private static string Describe(HubMessage message)
    {
        if (message is not (InvocationMessage or StreamInvocationMessage))
            return $"{message.GetType().Name} {(message as HubInvocationMessage)?.InvocationId}";

        var written = Json.GetMessageBytes(message);
        var rest = new ReadOnlySequence<byte>(written);
        Require(Json.TryParseMessage(ref rest, Binder.Instance, out var again), "A call is read as it was written");
        if (again is InvocationMessage or StreamInvocationMessage)
            RequireEqual(TextOf(written), TextOf(Json.GetMessageBytes(again)), "A call is read as it was written");
        return TextOf(written);
    }

    /// <summary>
    /// The writer escapes what stands for half a surrogate, but not what it wrote for it once it was read.
    /// </summary>
    private static string TextOf(ReadOnlyMemory<byte> written) =>
        Encoding.UTF8.GetString(written.Span).Replace("\\uFFFD", "\uFFFD", StringComparison.Ordinal);

    private static ReadOnlySequence<byte> InParts(byte[] input)
    {
        if (input.Length <= PartLength) return new ReadOnlySequence<byte>(input);
        var first = new Part(input.AsMemory(0, PartLength), null);
        var last = first;
        for (var at = PartLength; at < input.Length; at += PartLength)
            last = new Part(input.AsMemory(at, Math.Min(PartLength, input.Length - at)), last);
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private static JsonHubProtocol CreateJson()
    {
        var options = new JsonHubProtocolOptions();
        Wire.Configure(options.PayloadSerializerOptions);
        return new JsonHubProtocol(Options.Create(options));
    }

    private sealed class Part : ReadOnlySequenceSegment<byte>
    {
        public Part(ReadOnlyMemory<byte> bytes, Part? before)
        {
            Memory = bytes;
            if (before is null) return;
            RunningIndex = before.RunningIndex + before.Memory.Length;
            before.Next = this;
        }
    }

    /// <summary>As SignalR binds: what it does not know, it refuses.</summary>
    private sealed class Binder : IInvocationBinder
    {
        public static readonly Binder Instance = new();

        private static readonly Dictionary<string, Type[]> Methods = typeof(ChatHub)
            .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .ToDictionary(
                method => method.Name, method => method.GetParameters().Select(given => given.ParameterType).ToArray(),
                StringComparer.OrdinalIgnoreCase);

        public IReadOnlyList<Type> GetParameterTypes(string methodName) =>
            Methods.TryGetValue(methodName, out var types)
                ? types
                : throw new HubException("Method does not exist.");

        public Type GetReturnType(string invocationId) => throw new InvalidOperationException("Nothing was asked.");

        public Type GetStreamItemType(string streamId) => throw new KeyNotFoundException("There is no stream.");
    }
}
