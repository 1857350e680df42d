using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;

namespace RoomChat.Hubs;

internal sealed partial class Cable
{
    /// <summary>Each flush is one message. SignalR waits for each before the next; none may follow the goodbye.</summary>
    private sealed class Outlet(Cable cable) : PipeWriter
    {
        public long Until, Handed;

        private byte[] _buffer = [];
        private int _count;

        public override bool CanGetUnflushedBytes => true;
        public override long UnflushedBytes => _count;

        public override Memory<byte> GetMemory(int sizeHint = 0)
        {
            var needed = _count + Math.Max(sizeHint, 256);
            if (_buffer.Length < needed)
            {
                var larger = ArrayPool<byte>.Shared.Rent(needed);
                _buffer.AsSpan(0, _count).CopyTo(larger);
                Return();
                _buffer = larger;
            }
            return _buffer.AsMemory(_count);
        }

        public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

        public override void Advance(int bytes) => _count += bytes;

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            if (_count == 0 || Volatile.Read(ref Until) > Volatile.Read(ref Handed)) return default;
            return SendHeldAsync();
        }

        private async ValueTask<FlushResult> SendHeldAsync()
        {
            var sent = await SendAsync(_buffer.AsMemory(0, _count));
            _count = 0;
            Return();
            return sent;
        }

        /// <summary>What is encoded already is not copied.</summary>
        public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
        {
            if (_count == 0) return SendAsync(source);
            source.Span.CopyTo(GetSpan(source.Length));
            _count += source.Length;
            return SendHeldAsync();
        }

        public override void CancelPendingFlush() { }

        public override void Complete(Exception? exception = null) { }      // a write under way may still need the buffer

        private async ValueTask<FlushResult> SendAsync(ReadOnlyMemory<byte> message)
        {
            var over = new FlushResult(isCanceled: false, isCompleted: true);
            if (Interlocked.CompareExchange(ref cable._state, Sending, Idle) != Idle) return over;
            try
            {
                await cable._socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            }
            catch (Exception lost) when (IsLoss(lost))
            {
                return over;
            }
            finally
            {
                if (Interlocked.CompareExchange(ref cable._state, Idle, Sending) == Closing) await cable.SayGoodbyeAsync();
            }
            return default;
        }

        private void Return()
        {
            if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }
}
