using RoomChat.Rooms;

namespace RoomChat.Accounts;

public sealed record SignedUp(DateTimeOffset At, string Name) : Happening(At);
public sealed record SignedIn(DateTimeOffset At, string Name) : Happening(At);
public sealed record SignedOut(DateTimeOffset At, string Name) : Happening(At);
public sealed record PasswordChanged(DateTimeOffset At, string Name) : Happening(At);
