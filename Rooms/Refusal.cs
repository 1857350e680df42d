namespace RoomChat.Rooms;

public enum Reason
{
    RoomNotFound, RoomFull, NameInvalid, NameTaken, TextEmpty, TextTooLong, TextInvalid,
    NotInRoom, RateLimited, ServerFull, BadRequest, Stopping,
}

/// <summary>An expected "no": a value, not an exception.</summary>
public sealed record Refusal(Reason Reason, TimeSpan? RetryAfter = null)
{
    public string Code => Reason switch
    {
        Reason.RoomNotFound => "room-not-found",
        Reason.RoomFull => "room-full",
        Reason.NameInvalid => "name-invalid",
        Reason.NameTaken => "name-taken",
        Reason.TextEmpty => "text-empty",
        Reason.TextTooLong => "text-too-long",
        Reason.TextInvalid => "text-invalid",
        Reason.NotInRoom => "not-in-room",
        Reason.RateLimited => "rate-limited",
        Reason.ServerFull => "server-full",
        Reason.BadRequest => "bad-request",
        Reason.Stopping => "stopping",
    };

    public string Message => Reason switch
    {
        Reason.RoomNotFound => "There is no room with that code. Check it, or make a new room?",
        Reason.RoomFull => "This room is full just now.",
        Reason.NameInvalid => "That name cannot be used here. Choose a short one of plain, visible letters from one script?",
        Reason.NameTaken => "That name is taken here. Try another?",
        Reason.TextEmpty => "There is nothing in that message yet.",
        Reason.TextTooLong => "That message is too long. Send it in parts?",
        Reason.TextInvalid => "That message holds characters that cannot be shown.",
        Reason.NotInRoom => "You are not in a room. Join one first.",
        Reason.RateLimited => "That was a little fast. Try again in a moment.",
        Reason.ServerFull => "The server has no space for another room just now. Try again later.",
        Reason.BadRequest => "The server did not understand that.",
        Reason.Stopping => "The server is stopping.",
    };

    public static implicit operator Refusal(Reason reason) => new(reason);
}
