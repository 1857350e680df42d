using RoomChat.Rooms;

namespace RoomChat.Accounts;

public sealed record SignedUp(DateTimeOffset At, string Name) : Activity(At)
{
    public override ActivityLine Line => new("@ {Who} signed up", new PersonName(Name));
}

public sealed record SignedIn(DateTimeOffset At, string Name) : Activity(At)
{
    public override ActivityLine Line => new("@ {Who} signed in", new PersonName(Name));
}

public sealed record SignedOut(DateTimeOffset At, string Name) : Activity(At)
{
    public override ActivityLine Line => new("@ {Who} signed out", new PersonName(Name));
}

public sealed record SessionEnded(DateTimeOffset At, string Name) : Activity(At)
{
    public override ActivityLine Line => new("@ {Who} ended another session", new PersonName(Name));
}

public sealed record SessionsEnded(DateTimeOffset At, string Name) : Activity(At)
{
    public override ActivityLine Line => new("@ {Who} was signed out everywhere", new PersonName(Name));
}

public sealed record RefreshTokenReused(DateTimeOffset At, string Name) : Activity(At)
{
    public override ActivityLine Line =>
        new("@ {Who} signed out: a refresh token was used twice", new PersonName(Name));
}

public sealed record AccountDeleted(DateTimeOffset At, string Name) : Activity(At)
{
    public override ActivityLine Line => new("@ {Who} deleted the account", new PersonName(Name));
}

public sealed record AccountExpired(DateTimeOffset At, string Name) : Activity(At)
{
    public override ActivityLine Line => new("@ the account of {Who} expired", new PersonName(Name));
}

public sealed record PasswordChanged(DateTimeOffset At, string Name) : Activity(At)
{
    public override ActivityLine Line => new("@ {Who} changed the password", new PersonName(Name));
}
