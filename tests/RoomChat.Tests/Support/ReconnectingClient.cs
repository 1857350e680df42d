using System.Text.Json;

namespace RoomChat.Tests.Support;

/// <summary>
/// A client that follows the contract: it keeps its seat and its last seq, reconnects for ever, and resends under the
/// same id what was not acknowledged.
/// </summary>
internal sealed class ReconnectingClient(Func<Uri> server, string room, string name) : IAsyncDisposable
{
    public ReconnectingClient(Uri server, string room, string name) : this(() => server, room, name)
    {
    }

    /// <summary>After this a call counts as lost.</summary>
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<long, JsonElement> _events = [];
    private readonly List<(JsonElement[] Events, string Epoch)> _receivedWhileJoining = [];
    private readonly List<Task> _abandoned = [];
    private ChatClient? _connection;
    private string? _seat, _epoch;
    private bool _isJoining;
    private long _lastSeq;

    /// <summary>How many connections were begun.</summary>
    public int Connections { get; private set; }

    /// <summary>Events out of order, gaps, and lost seats.</summary>
    public List<string> Violations { get; } = [];

    public Dictionary<string, long> Acknowledged { get; } = [];

    public IReadOnlyDictionary<long, JsonElement> Events
    {
        get { lock (_gate) { return new Dictionary<long, JsonElement>(_events); } }
    }

    public long Seq
    {
        get { lock (_gate) { return _lastSeq; } }
    }

    public Task JoinAsync() => RetryAsync(_ => Task.CompletedTask);

    public Task PostAsync(string id, string text) => RetryAsync(async connection =>
    {
        var answer = await connection.CallAsync("SendMessage", new { text, id }).WaitAsync(CallTimeout);
        if (!answer.TryGetProperty("seq", out var seq)) throw new InvalidOperationException(answer.ToString());
        Acknowledged[id] = seq.GetInt64();
    });

    /// <summary>Waits for the event, over as many connections as needed.</summary>
    public Task CatchUpAsync(long seq) =>
        RetryAsync(connection => Wait.UntilAsync(() => Seq >= seq, $"{name} reads {seq}", CallTimeout));

    public async ValueTask DisposeAsync()
    {
        Abandon();
        await Task.WhenAll(_abandoned).Soon();
    }

    private async Task RetryAsync(Func<ChatClient, Task> act)
    {
        while (true)
        {
            try
            {
                await act(_connection ??= await ConnectAsync());
                return;
            }
            catch (Exception lost)
                when (lost is not OperationCanceledException { CancellationToken.IsCancellationRequested: true })
            {
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
                Abandon();
            }
        }
    }

    private async Task<ChatClient> ConnectAsync()
    {
        ChatClient? connection = null;
        try
        {
            lock (_gate)
            {
                _isJoining = true;
                _receivedWhileJoining.Clear();
            }
            Connections++;
            connection = await ChatClient.ConnectAsync(server(), Receive).WaitAsync(CallTimeout);
            var answer = await connection.CallAsync(
                "JoinRoom", new { room, name, seat = _seat, epoch = _epoch, after = Seq }).WaitAsync(CallTimeout);
            Joined(answer);
            return connection;
        }
        catch
        {
            if (connection is not null) _abandoned.Add(connection.DisposeAsync().AsTask());
            throw;
        }
    }

    private void Joined(JsonElement answer)
    {
        if (!answer.TryGetProperty("seat", out var seat)) throw new InvalidOperationException(answer.ToString());
        lock (_gate)
        {
            if (answer.TryGetProperty("gap", out _)) Violations.Add($"{name} missed something");
            if (_seat is not null && seat.GetString() != _seat) Violations.Add($"{name} lost the seat");
            (_seat, _epoch, _isJoining) = (seat.GetString(), answer.GetProperty("epoch").GetString(), false);
            foreach (var (events, epoch) in _receivedWhileJoining) Fold(events, epoch);
        }
    }

    private void Receive(JsonElement[] events, string epoch)
    {
        lock (_gate)
        {
            if (_isJoining) _receivedWhileJoining.Add((events, epoch));
            else Fold(events, epoch);
        }
    }

    private void Fold(JsonElement[] events, string epoch)
    {
        if (epoch != _epoch) return;
        foreach (var line in events)
        {
            var seq = line.GetProperty("seq").GetInt64();
            if (seq <= _lastSeq) continue;
            if (_lastSeq > 0 && seq != _lastSeq + 1) Violations.Add($"{name}: {seq} after {_lastSeq}");
            _lastSeq = seq;
            _events.Add(seq, line);
        }
    }

    private void Abandon()
    {
        if (_connection is not null) _abandoned.Add(_connection.DisposeAsync().AsTask());
        _connection = null;
    }
}
