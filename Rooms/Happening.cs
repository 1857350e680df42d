namespace RoomChat.Rooms;

/// <summary>Something for whoever runs the server to see.</summary>
public abstract record Happening(DateTimeOffset At);

public sealed record RoomOpened(DateTimeOffset At, Code Room, bool Again, Pair? Pair = null) : Happening(At);
public sealed record RoomClosed(DateTimeOffset At, Code Room) : Happening(At);

/// <summary>A line of a room's transcript, and how many are here after it.</summary>
public sealed record Told(Code Room, RoomEvent Line, int Here, bool IsDirect = false) : Happening(Line.At);

public sealed record Dropped(DateTimeOffset At, Code Room, string Name) : Happening(At);
public sealed record CameBack(DateTimeOffset At, Code Room, string Name) : Happening(At);
public sealed record CutOff(DateTimeOffset At, Code? Room, string? Name, Parting Why) : Happening(At);
public sealed record Refused(DateTimeOffset At, string? Room, string? Name, Refusal Why) : Happening(At);

/// <summary>So many more that the watcher was too slow for.</summary>
public sealed record Skipped(DateTimeOffset At, long Events) : Happening(At);
