namespace RoomChat.Bench.Measurement;

/// <summary>Cold: the first seconds of a server that has just started. Steady: its cost no longer falls.</summary>
internal enum Phase { Steady, Cold }
