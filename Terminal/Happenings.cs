using RoomChat.Rooms;
using Serilog.Events;

namespace RoomChat.Terminal;

/// <summary>The server answers at these addresses.</summary>
internal sealed record Listening(DateTimeOffset At, IReadOnlyList<string> Addresses) : Happening(At);

/// <summary>The framework has something to say.</summary>
internal sealed record Logged(LogEvent Event) : Happening(Event.Timestamp);
