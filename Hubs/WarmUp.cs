using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Hubs;

/// <summary>Compiles the hot path with a conversation in a private lobby.</summary>
internal sealed class WarmUp(
    IOptions<JsonHubProtocolOptions> options, IEnumerable<IHubProtocol> protocols, IHostApplicationLifetime lifetime,
    NameRules names)
    : BackgroundService
{
    private readonly JsonSerializerOptions _json = options.Value.PayloadSerializerOptions;
    private readonly IHubProtocol _protocol = protocols.First();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stoppingToken.IsCancellationRequested) await RunAsync().ConfigureAwait(false);
    }

    public async Task<long> RunAsync()
    {
        _ = names.TryParse("Ana Maria", out _);     // reads the tables of names
        using var lobby = new Lobby(new Limits(), TimeProvider.System, new ActivityFeed());
        var reader = new DiscardingReader(_protocol);
        if (!(await lobby.CreateAsync().ConfigureAwait(false)).TryGet(out var room, out _)) return 0;
        foreach (var name in (string[])["ana", "bo"])
        {
            var join = Read<JoinRoomRequest>($$"""{"room":"{{room.Code}}","name":"{{name}}"}""");
            var request = new JoinRequest(room.NameFor(null, join.Name));
            var outcome = await lobby.JoinAsync(room, request, reader).ConfigureAwait(false);
            if (!outcome.TryGet(out var joined, out _)) return 0;
            Write(JoinAnswer.Of(joined));

            var send = Read<SendRequest>("""{"text":"hello","id":"1"}""");
            var posted = await room.PostAsync(joined.Member, send.Text, send.Id).ConfigureAwait(false);
            if (posted.TryGet(out var seq, out _)) Write(new SeqAnswer(seq));
        }
        return lobby.Messages;
    }

    private T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, _json)!;

    private void Write(object answer) => _protocol.GetMessageBytes(CompletionMessage.WithResult("1", answer));

    private sealed class DiscardingReader(IHubProtocol protocol) : IReader
    {
        public TimeSpan Silence => TimeSpan.Zero;

        public Task WriteAsync(OutgoingMessage message)
        {
            message.GetOrEncode(HubReader.Encode).GetSerializedMessage(protocol);
            return Task.CompletedTask;
        }

        public void Close(CloseReason reason) { }
    }
}
