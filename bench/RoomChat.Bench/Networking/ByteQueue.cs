namespace RoomChat.Bench.Networking;

internal struct ByteQueue()
{
    private byte[] _bytes = [];

    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Length);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var needed = Length + bytes.Length;
        if (_bytes.Length < needed) Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, needed + 64));
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length = needed;
    }

    public void RemoveFirst(int count)
    {
        _bytes.AsSpan(count, Length - count).CopyTo(_bytes);
        Length -= count;
    }

    public void Clear() => Length = 0;
}
