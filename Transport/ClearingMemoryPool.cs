using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace RoomChat.Transport;

/// <summary>Kestrel's pool, but a block keeps nothing of what was sent once it is returned.</summary>
internal sealed class ClearingMemoryPool(MemoryPool<byte> pool) : MemoryPool<byte>
{
    public override int MaxBufferSize => pool.MaxBufferSize;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1) => new Block(pool.Rent(minBufferSize));

    protected override void Dispose(bool disposing)
    {
        if (disposing) pool.Dispose();
    }

    internal sealed class Factory(IMemoryPoolFactory<byte> pools) : IMemoryPoolFactory<byte>
    {
        public MemoryPool<byte> Create(MemoryPoolOptions? options = null) =>
            new ClearingMemoryPool(pools.Create(options));
    }

    private sealed class Block(IMemoryOwner<byte> block) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory => block.Memory;

        public void Dispose()
        {
            block.Memory.Span.Clear();
            block.Dispose();
        }
    }
}
