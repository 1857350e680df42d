using RoomChat.Rooms;

namespace RoomChat.Tests.Support;

/// <summary>A reader that keeps what is written to it; while it is stalled, no write completes.</summary>
internal sealed class TestReader : IReader
{
    private readonly Lock _gate = new();
    private readonly List<OutgoingMessage> _written = [];
    private readonly List<CloseReason> _closeReasons = [];
    private TaskCompletionSource? _stall;
    private bool _isHandling;
    private Action? _deferred;

    public TimeSpan Silence { get; set; }

    public IReadOnlyList<OutgoingMessage> Written
    {
        get { lock (_gate) { return [.. _written]; } }
    }

    public IReadOnlyList<CloseReason> CloseReasons
    {
        get { lock (_gate) { return [.. _closeReasons]; } }
    }

    public IReadOnlyList<Batch> Batches => [.. Written.OfType<Batch>()];

    public IReadOnlyList<RoomEvent> Events => [.. Batches.SelectMany(batch => batch.Events)];

    public IReadOnlyList<string?> Texts =>
        [.. Events.Where(line => line.Type == EventType.Message).Select(line => line.Text)];

    public IReadOnlyList<long> Seqs => [.. Events.Select(line => line.Seq)];

    public IReadOnlyList<string> Typists => [.. Written.OfType<TypingNotice>().Select(notice => notice.From)];

    /// <summary>The names and seqs of the last notice of who has seen what.</summary>
    public string Seen => string.Join(' ', (Written.OfType<SeenNotice>().LastOrDefault()?.Places ?? [])
        .OrderBy(place => place.Who)
        .Select(place => $"{place.Name}:{place.Seq}{(place.Away == true ? " (away)" : "")}"));

    public Task WaitForSeenAsync(string seen) => Wait.UntilAsync(() => Seen == seen, seen);

    public Task WriteAsync(OutgoingMessage what)
    {
        lock (_gate)
        {
            _written.Add(what);
            return _stall?.Task ?? Task.CompletedTask;
        }
    }

    public void Close(CloseReason why)
    {
        lock (_gate) { _closeReasons.Add(why); }
    }

    public bool TryDefer(Action action)
    {
        lock (_gate)
        {
            if (!_isHandling || _deferred is not null) return false;
            _deferred = action;
            return true;
        }
    }

    /// <summary>As a connection does that has received something.</summary>
    public void Handle(Action received)
    {
        lock (_gate) { _isHandling = true; }
        received();
        Action? deferred;
        lock (_gate) { (deferred, _deferred, _isHandling) = (_deferred, null, false); }
        deferred?.Invoke();
    }

    public void Stall()
    {
        lock (_gate) { _stall = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously); }
    }

    public void Resume()
    {
        TaskCompletionSource? stall;
        lock (_gate) { (stall, _stall) = (_stall, null); }
        stall?.SetResult();
    }

    public Task WaitForSeqAsync(long seq) => Wait.UntilAsync(() => Events.Any(line => line.Seq == seq), $"event {seq}");

    public Task WaitForCloseAsync(CloseReason reason) => Wait.UntilAsync(
        () =>
        {
            Assert.All(CloseReasons, known => Assert.Equal(reason, known));
            return CloseReasons.Count > 0;
        },
        $"{reason}");

    public Task WaitForTextAsync(string text) => Wait.UntilAsync(() => Texts.Contains(text), $"\"{text}\"");
}
