using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;

namespace RoomChat.Start;

/// <summary>
/// What comes over a connection, in turns with the others: it is handled by the thread that found it, and whoever never stops
/// sending would keep that from everybody else. It notes when the other end was last heard, pongs included, since nothing else
/// tells from when on a peer is gone that went without a word.
/// </summary>
internal sealed class Line(IDuplexPipe transport, TimeProvider time) : PipeReader, IDuplexPipe
{
    private const int Turn = 64;

    private readonly PipeReader _input = transport.Input;
    private long _heard = time.GetTimestamp();
    private int _reads;

    public PipeReader Input => this;
    public PipeWriter Output => transport.Output;

    /// <summary>For how long nothing has come.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Volatile.Read(ref _heard));

    /// <summary>Gives every connection one.</summary>
    public static ConnectionDelegate Before(ConnectionDelegate serve, TimeProvider time) => connection =>
    {
        var line = new Line(connection.Transport, time);
        connection.Transport = line;
        connection.Features.Set(line);
        return serve(connection);
    };

    /// <summary>The other end, or what stands for it, has said something.</summary>
    public void Heard() => Volatile.Write(ref _heard, time.GetTimestamp());

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        ++_reads % Turn == 0 ? ReadLaterAsync(cancellationToken) : _input.ReadAsync(cancellationToken);

    public override bool TryRead(out ReadResult result) => _input.TryRead(out result);

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        Heard();
        _input.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => _input.CancelPendingRead();

    public override void Complete(Exception? exception = null) => _input.Complete(exception);

    /// <summary>From the end of the pool's queue.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> ReadLaterAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        return await _input.ReadAsync(cancellationToken).ConfigureAwait(false);
    }
}
