using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RoomChat.Rooms;

namespace RoomChat.Hubs;

/// <summary>Counts every record, including pings and others that hub filters never see.</summary>
internal sealed class RateLimitedHubProtocol(IHubProtocol protocol, Limits limits, TimeProvider time) : IHubProtocol
{
    private const int RecordsPerMessage = 10;

    private readonly double _perSecond = (double)RecordsPerMessage * limits.MessagesPerSecond;
    private readonly int _burst = (int)Math.Min(int.MaxValue, (long)RecordsPerMessage * limits.MessageBurst);
    private TokenBucket _records;
    private bool _isExceeded;

    public Action? LimitExceeded { get; set; }

    public string Name => protocol.Name;
    public int Version => protocol.Version;
    public TransferFormat TransferFormat => protocol.TransferFormat;

    public bool IsVersionSupported(int version) => protocol.IsVersionSupported(version);

    public bool TryParseMessage(
        ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        message = null;
        if (input.IsEmpty) return false;
        if (!_isExceeded)
        {
            var before = input;
            var isKnown = TryParse(ref input, binder, out message);
            if (!isKnown && input.Length == before.Length) return false;        // incomplete record
            message = UnknownMethods.Hide(OptionalArguments.Bind(message, before, protocol));
            if (!_records.TryTake(time.GetElapsedTime(0), _perSecond, _burst, out _))
            {
                _isExceeded = true;
                LimitExceeded?.Invoke();
            }
        }
        if (_isExceeded) (input, message) = (input.Slice(input.End), null);
        message ??= PingMessage.Instance;   // ignored by SignalR
        return true;
    }

    /// <summary>
    /// Of invalid UTF-8, huge numbers, and invalid literals that arrive in parts, the framework says otherwise that
    /// they are malformed.
    /// </summary>
    private bool TryParse(ref ReadOnlySequence<byte> input, IInvocationBinder binder, out HubMessage? message)
    {
        try
        {
            return protocol.TryParseMessage(ref input, binder, out message);
        }
        catch (Exception exception) when (exception is InvalidOperationException
            or FormatException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("The record is malformed.", exception);
        }
    }

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => protocol.GetMessageBytes(message);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => protocol.WriteMessage(message, output);

    public sealed class Resolver(IEnumerable<IHubProtocol> protocols, Limits limits, TimeProvider time)
        : IHubProtocolResolver
    {
        public IReadOnlyList<IHubProtocol> AllProtocols { get; } = [.. protocols];

        public IHubProtocol? GetProtocol(string protocolName, IReadOnlyList<string>? supportedProtocols) =>
            AllProtocols.FirstOrDefault(known => known.Name == protocolName) is { } protocol
                ? new RateLimitedHubProtocol(protocol, limits, time)
                : null;
    }
}
