using System.Diagnostics.Metrics;

namespace RoomChat.Rooms;

internal sealed class Counters(Histogram<double>? lag = null)
{
    private long _bytes, _messages, _deliveries;
    private int _members;

    public long Bytes => Interlocked.Read(ref _bytes);
    public int Members => Volatile.Read(ref _members);
    public long Messages => Interlocked.Read(ref _messages);
    public long Deliveries => Interlocked.Read(ref _deliveries);

    public void AddBytes(long bytes) => Interlocked.Add(ref _bytes, bytes);
    public void AddMembers(int members) => Interlocked.Add(ref _members, members);
    public void AddMessage() => Interlocked.Increment(ref _messages);
    public void AddDeliveries(long deliveries) => Interlocked.Add(ref _deliveries, deliveries);

    public bool MeasuresLag => lag?.Enabled == true;

    /// <summary>The clocks of two servers may differ.</summary>
    public void AddLag(TimeSpan waited) => lag?.Record(Math.Max(waited.TotalSeconds, 0));
}
