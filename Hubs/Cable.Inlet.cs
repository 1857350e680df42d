using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;

namespace RoomChat.Hubs;

internal sealed partial class Cable
{
    /// <summary>What has come. There is a buffer only while something is in it, for most connections are idle.</summary>
    private sealed class Inlet(Cable cable) : PipeReader
    {
        private const int Least = 4 << 10;

        private byte[] _buffer = [];
        private int _start, _end;
        private ReadOnlySequence<byte> _shown;
        private bool _hasNew, _isOver;
        private volatile bool _isCanceled;

        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            if (cancellationToken.CanBeCanceled) return ReadInTimeAsync(cancellationToken);
            return _hasNew || _isOver || _isCanceled ? new(Show()) : ReceiveAsync();
        }

        public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
        {
            _hasNew = !_shown.Slice(examined).IsEmpty;
            _start = _end - (int)_shown.Slice(consumed).Length;
            if (_start == _end) Return();
        }

        /// <summary>Ends a read that is under way by ending the conversation.</summary>
        public override void CancelPendingRead()
        {
            _isCanceled = true;
            _ = cable.HangUpAsync();
        }

        public override bool TryRead(out ReadResult result) => throw new NotSupportedException();

        public override void Complete(Exception? exception = null) { }

        /// <summary>Reads on to the end, and keeps nothing of it.</summary>
        public async Task DrainAsync()
        {
            for (; !_isOver; _start = _end) await ReceiveAsync();
            Return();
        }

        private async ValueTask<ReadResult> ReadInTimeAsync(CancellationToken end)
        {
            using var late = end.UnsafeRegister(inlet => ((Inlet)inlet!).CancelPendingRead(), this);
            return await ReadAsync(CancellationToken.None);
        }

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        private async ValueTask<ReadResult> ReceiveAsync()
        {
            try
            {
                var received = await cable._socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
                if (received.MessageType != WebSocketMessageType.Close)
                {
                    MakeRoom();
                    received = await cable._socket.ReceiveAsync(_buffer.AsMemory(_end), CancellationToken.None);
                    _end += received.Count;
                }
                _isOver = received.MessageType == WebSocketMessageType.Close;
            }
            catch (Exception lost) when (IsLoss(lost))
            {
                if (lost.InnerException is ConnectionResetException) cable._line.Heard();    // a reset is a word too
                _isOver = true;
            }
            return Show();
        }

        private ReadResult Show()
        {
            _shown = _isCanceled ? default : new ReadOnlySequence<byte>(_buffer, _start, _end - _start);
            return new ReadResult(_shown, _isCanceled, _isOver);
        }

        private void MakeRoom()
        {
            if (_end < _buffer.Length) return;
            var unread = _end - _start;
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Least, 2 * unread));
            _buffer.AsSpan(_start, unread).CopyTo(larger);
            Return();
            (_buffer, _end) = (larger, unread);
        }

        private void Return()
        {
            if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
            (_buffer, _start, _end) = ([], 0, 0);
        }
    }
}
