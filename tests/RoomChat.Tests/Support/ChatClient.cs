using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace RoomChat.Tests.Support;

/// <summary>Microsoft's SignalR client, which keeps what it receives.</summary>
internal sealed class ChatClient : IAsyncDisposable
{
    private readonly HubConnection _hub;
    private readonly Lock _gate = new();
    private readonly List<(string Epoch, JsonElement Event)> _received = [];

    private ChatClient(Uri server, Action<JsonElement[], string>? receive)
    {
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory, WebSocketConnectionFactory>();
        builder.Services.AddSingleton<EndPoint>(
            new UriEndPoint(
                new UriBuilder(server) { Scheme = server.Scheme.Replace("http", "ws"), Path = "/hub" }.Uri));
        _hub = builder.AddJsonProtocol().Build();
        _hub.On<JsonElement[], string>(
            "Receive",
            receive ?? ((events, epoch) => { lock (_gate) _received.AddRange(events.Select(line => (epoch, line))); }));
        _hub.On<JsonElement>("Closed", notice => ClosedNotice.TrySetResult(notice));
        _hub.Closed += _ => { Ended.TrySetResult(); return Task.CompletedTask; };
    }

    public TaskCompletionSource<JsonElement> ClosedNotice { get; } = new(
        TaskCreationOptions.RunContinuationsAsynchronously);
    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<JsonElement> Events
    {
        get { lock (_gate) { return [.. _received.Select(pair => pair.Event)]; } }
    }

    public IReadOnlyList<string> Epochs
    {
        get { lock (_gate) { return [.. _received.Select(pair => pair.Epoch).Distinct()]; } }
    }

    public IReadOnlyList<long> Seqs => [.. Events.Select(line => line.GetProperty("seq").GetInt64())];

    public IReadOnlyList<string> Texts =>
        [.. Events
            .Where(line => line.GetProperty("type").GetString() == "message")
            .Select(line => line.GetProperty("text").GetString()!)];

    public static Task<ChatClient> ConnectAsync(ChatServer server) => ConnectAsync(server.Address);

    public static async Task<ChatClient> ConnectAsync(Uri server, Action<JsonElement[], string>? receive = null)
    {
        var client = new ChatClient(server, receive);
        await client._hub.StartAsync(TestContext.Current.CancellationToken).Soon();
        return client;
    }

    public static Task<ChatClient> JoinedAsync(ChatServer server, string room, string name) =>
        JoinedAsync(server.Address, room, name);

    public static async Task<ChatClient> JoinedAsync(Uri server, string room, string name)
    {
        var client = await ConnectAsync(server);
        await client.JoinAsync(room, name);
        return client;
    }

    public Task<JsonElement> CallAsync(string method, params object?[] arguments) =>
        _hub.InvokeCoreAsync<JsonElement>(method, arguments, TestContext.Current.CancellationToken).Soon();

    public async Task<string> CreateRoomAsync() => (await CallAsync("CreateRoom")).GetProperty("room").GetString()!;

    /// <summary>Joins, and fails if that is refused.</summary>
    public async Task<JsonElement> JoinAsync(
        string room, string name, string? seat = null, string? epoch = null, long? after = null)
    {
        var answer = await CallAsync("JoinRoom", new { room, name, seat, epoch, after });
        Assert.True(answer.TryGetProperty("seat", out _), answer.ToString());
        return answer;
    }

    public async Task<long> SendAsync(string text, string? id = null)
    {
        var answer = await CallAsync("SendMessage", new { text, id });
        Assert.True(answer.TryGetProperty("seq", out var seq), answer.ToString());
        return seq.GetInt64();
    }

    public Task WaitForSeqAsync(long seq) => Wait.UntilAsync(() => Seqs.Contains(seq), $"event {seq}");

    public Task WaitForTextAsync(string text) => Wait.UntilAsync(() => Texts.Contains(text), $"\"{text}\"");

    public ValueTask DisposeAsync() => _hub.DisposeAsync();
}
