namespace RoomChat.Bench.Browsing;

/// <summary>Long frames are those of more than 50 ms since the last time.</summary>
internal sealed record PageState(
    double ThreadMilliseconds, double HeapMegabytes, int Nodes, int LongFrames, double LongestFrameMilliseconds);
