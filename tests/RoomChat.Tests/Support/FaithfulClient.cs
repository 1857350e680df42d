using System.Text.Json;

namespace RoomChat.Tests.Support;

/// <summary>
/// A client as the contract asks for: it keeps its seat and its place, comes back for ever, and sends what was not
/// acknowledged again under the same id.
/// </summary>
internal sealed class FaithfulClient(Uri server, string room, string name) : IAsyncDisposable
{
    /// <summary>After which a call is taken for lost.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, JsonElement> _events = [];
    private readonly List<(JsonElement[] Events, string Epoch)> _aside = [];
    private readonly List<Task> _abandoned = [];
    private ChatClient? _connection;
    private string? _seat, _epoch;
    private bool _joining;

    /// <summary>How often it had to come back.</summary>
    public int Returns { get; private set; }

    /// <summary>Where one of its events came out of order, or a gap was said.</summary>
    public List<string> Wrongs { get; } = [];

    public Dictionary<string, long> Acknowledged { get; } = [];

    public IReadOnlyDictionary<long, JsonElement> Events
    {
        get { lock (_gate) { return new Dictionary<long, JsonElement>(_events); } }
    }

    public long Seq
    {
        get { lock (_gate) { return _events.Count == 0 ? 0 : _events.Keys.Last(); } }
    }

    public Task ComeInAsync() => FaithfullyAsync(_ => Task.CompletedTask);

    public Task PostAsync(string id, string text) => FaithfullyAsync(async connection =>
    {
        var answer = await connection.CallAsync("SendMessage", new { text, id }).WaitAsync(Patience);
        if (!answer.TryGetProperty("seq", out var seq)) throw new InvalidOperationException(answer.ToString());
        Acknowledged[id] = seq.GetInt64();
    });

    /// <summary>Reads on, over as many connections as it takes.</summary>
    public Task CatchUpAsync(long seq) =>
        FaithfullyAsync(connection => Wait.UntilAsync(() => Seq >= seq, $"{name} reads {seq}", Patience));

    public async ValueTask DisposeAsync()
    {
        Abandon();
        await Task.WhenAll(_abandoned).Soon();
    }

    private async Task FaithfullyAsync(Func<ChatClient, Task> act)
    {
        while (true)
        {
            try
            {
                await act(_connection ??= await ComeBackAsync());
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

    private async Task<ChatClient> ComeBackAsync()
    {
        ChatClient? connection = null;
        try
        {
            lock (_gate)
            {
                _joining = true;
                _aside.Clear();
            }
            Returns++;
            connection = await ChatClient.ConnectAsync(server, Receive).WaitAsync(Patience);
            var answer = await connection.CallAsync(
                "JoinRoom", new { room, name, seat = _seat, epoch = _epoch, after = Seq }).WaitAsync(Patience);
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
            if (answer.TryGetProperty("gap", out _)) Wrongs.Add($"{name} missed something");
            if (_seat is not null && seat.GetString() != _seat) Wrongs.Add($"{name} lost the seat");
            (_seat, _epoch, _joining) = (seat.GetString(), answer.GetProperty("epoch").GetString(), false);
            foreach (var (events, epoch) in _aside) Fold(events, epoch);
        }
    }

    private void Receive(JsonElement[] events, string epoch)
    {
        lock (_gate)
        {
            if (_joining) _aside.Add((events, epoch));
            else Fold(events, epoch);
        }
    }

    private void Fold(JsonElement[] events, string epoch)
    {
        if (epoch != _epoch) return;
        foreach (var line in events)
        {
            var seq = line.GetProperty("seq").GetInt64();
            var last = _events.Count == 0 ? seq - 1 : _events.Keys.Last();
            if (seq <= last) continue;
            if (seq != last + 1) Wrongs.Add($"{name}: {seq} after {last}");
            _events.Add(seq, line);
        }
    }

    private void Abandon()
    {
        if (_connection is not null) _abandoned.Add(_connection.DisposeAsync().AsTask());
        _connection = null;
    }
}
