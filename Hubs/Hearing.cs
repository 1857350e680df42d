using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;

namespace RoomChat.Hubs;

/// <summary>
/// Stands between a WebSocket and its transport and notes when the other end was last heard, pongs included:
/// of a peer that went without a word, nothing else tells since when it is gone.
/// </summary>
internal sealed class Hearing : IHttpUpgradeFeature, IHttpExtendedConnectFeature
{
    private readonly TimeProvider _time;
    private readonly IHttpUpgradeFeature? _upgrade;
    private readonly IHttpExtendedConnectFeature? _connect;
    private long _last;

    private Hearing(IFeatureCollection features, TimeProvider time)
    {
        (_time, _last) = (time, time.GetTimestamp());
        _upgrade = features.Get<IHttpUpgradeFeature>();
        _connect = features.Get<IHttpExtendedConnectFeature>();
        features.Set(this);
        if (_upgrade is not null) features.Set<IHttpUpgradeFeature>(this);
        if (_connect is not null) features.Set<IHttpExtendedConnectFeature>(this);
    }

    /// <summary>For how long nothing has come.</summary>
    public TimeSpan Silence => _time.GetElapsedTime(Volatile.Read(ref _last));

    public bool IsUpgradableRequest => _upgrade?.IsUpgradableRequest ?? false;

    public bool IsExtendedConnect => _connect?.IsExtendedConnect ?? false;

    public string? Protocol => _connect?.Protocol;

    public static RequestDelegate Around(RequestDelegate serve, TimeProvider time) => context =>
    {
        _ = new Hearing(context.Features, time);
        return serve(context);
    };

    public static Hearing Of(HubConnectionContext connection) =>
        connection.GetHttpContext()!.Features.GetRequiredFeature<Hearing>();

    public async Task<Stream> UpgradeAsync() => new Ear(await _upgrade!.UpgradeAsync(), this);

    public async ValueTask<Stream> AcceptAsync() => new Ear(await _connect!.AcceptAsync(), this);

    private void Note() => Volatile.Write(ref _last, _time.GetTimestamp());

    private sealed class Ear(Stream transport, Hearing hearing) : Stream
    {
        /// <summary>Who never stops sending would keep the thread that serves them from everybody else.</summary>
        private const int Turn = 64;

        private int _reads;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (++_reads % Turn == 0) await Task.Yield();
            try
            {
                var read = await transport.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                hearing.Note();
                return read;
            }
            catch (ConnectionResetException)    // so the peer, or what stands for it, has said
            {
                hearing.Note();
                throw;
            }
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            transport.WriteAsync(buffer, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => transport.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override void Flush() => transport.Flush();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) transport.Dispose();
            base.Dispose(disposing);
        }
    }
}
