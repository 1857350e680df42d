using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace RoomChat.Transport;

/// <summary>
/// With inline completions, a client that never stops sending would monopolise its thread: after some reads the
/// connection goes to the end of the thread pool's queue. Also records when bytes last arrived, pongs included, to
/// detect lost peers.
/// </summary>
internal sealed class FairPipeReader(IDuplexPipe transport, TimeProvider time) : PipeReader, IDuplexPipe
{
    private const int ReadsPerTurn = 64;

    private readonly PipeReader _input = transport.Input;
    private long _receivedAt = time.GetTimestamp();
    private int _reads;

    public PipeReader Input => this;
    public PipeWriter Output => transport.Output;

    /// <summary>Grows with all that is received.</summary>
    public int Reads => Volatile.Read(ref _reads);

    public TimeSpan Silence => time.GetElapsedTime(Volatile.Read(ref _receivedAt));

    public void NoteReceived() => Volatile.Write(ref _receivedAt, time.GetTimestamp());

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        ++_reads % ReadsPerTurn == 0 ? ReadNextTurnAsync(cancellationToken) : _input.ReadAsync(cancellationToken);

    public override bool TryRead(out ReadResult result) => _input.TryRead(out result);

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        NoteReceived();
        _input.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => _input.CancelPendingRead();

    public override void Complete(Exception? exception = null) => _input.Complete(exception);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> ReadNextTurnAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        return await _input.ReadAsync(cancellationToken).ConfigureAwait(false);
    }
}
