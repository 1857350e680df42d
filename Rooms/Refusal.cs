namespace RoomChat.Rooms;

public enum Reason
{
    RoomNotFound, RoomFull, NameInvalid, NameTaken, NameReserved, TextEmpty, TextTooLong, TextInvalid,
    NotInRoom, RateLimited, ServerFull, BadRequest, Stopping, Unavailable,
    NotOwner, RoomLocked, PassphraseNeeded, PassphraseWrong, PassphraseInvalid, TitleInvalid,
    KeyNeeded, KeyWrong, NotSealed,
    MessageNotFound, NotYours, TooLate,
    PasswordInvalid, PasswordCommon, SignInFailed, NotSignedIn, AccountNotFound, SessionNotFound,
}

public sealed record Refusal(Reason Reason, TimeSpan? RetryAfter = null)
{
    /// <summary>What the servers share is away.</summary>
    public static Refusal Unavailable { get; } = new(Reason.Unavailable, TimeSpan.FromSeconds(1));

    public string Code => Reason switch
    {
        Reason.RoomNotFound => "room-not-found",
        Reason.RoomFull => "room-full",
        Reason.NameInvalid => "name-invalid",
        Reason.NameTaken => "name-taken",
        Reason.NameReserved => "name-reserved",
        Reason.TextEmpty => "text-empty",
        Reason.TextTooLong => "text-too-long",
        Reason.TextInvalid => "text-invalid",
        Reason.NotInRoom => "not-in-room",
        Reason.RateLimited => "rate-limited",
        Reason.ServerFull => "server-full",
        Reason.BadRequest => "bad-request",
        Reason.Stopping => "stopping",
        Reason.Unavailable => "unavailable",
        Reason.NotOwner => "not-owner",
        Reason.RoomLocked => "room-locked",
        Reason.PassphraseNeeded => "passphrase-needed",
        Reason.PassphraseWrong => "passphrase-wrong",
        Reason.PassphraseInvalid => "passphrase-invalid",
        Reason.TitleInvalid => "title-invalid",
        Reason.KeyNeeded => "key-needed",
        Reason.KeyWrong => "key-wrong",
        Reason.NotSealed => "not-sealed",
        Reason.MessageNotFound => "message-not-found",
        Reason.NotYours => "not-yours",
        Reason.TooLate => "too-late",
        Reason.PasswordInvalid => "password-invalid",
        Reason.PasswordCommon => "password-common",
        Reason.SignInFailed => "sign-in-failed",
        Reason.NotSignedIn => "not-signed-in",
        Reason.AccountNotFound => "account-not-found",
        Reason.SessionNotFound => "session-not-found",
    };

    public string Message => Reason switch
    {
        Reason.RoomNotFound => "There is no room with that code. Check the code, or create a new room.",
        Reason.RoomFull => "This room is full right now.",
        Reason.NameInvalid =>
            "That name cannot be used here. Choose a short name of letters from one script, without marks or words "
            + "that a page uses itself.",
        Reason.NameTaken => "That name is taken here. Try another?",
        Reason.NameReserved =>
            "That name belongs to an account. Sign in if it is yours, or try another.",
        Reason.TextEmpty => "That message is empty.",
        Reason.TextTooLong => "That message is too long. Split it into several.",
        Reason.TextInvalid => "That message contains characters that cannot be displayed.",
        Reason.NotInRoom => "You are not in a room. Join one first.",
        Reason.RateLimited => "That was too fast. Try again in a moment.",
        Reason.ServerFull => "The server is full right now. Try again later.",
        Reason.BadRequest => "The server did not understand that.",
        Reason.Stopping => "The server is stopping.",
        Reason.Unavailable => "The server cannot do that right now. Try again in a moment.",
        Reason.NotOwner => "Only the owner of the room can do that.",
        Reason.RoomLocked => "This room is locked: nobody new can come in right now.",
        Reason.PassphraseNeeded => "This room asks for a passphrase.",
        Reason.PassphraseWrong => "That is not the passphrase of this room.",
        Reason.PassphraseInvalid => "A passphrase has 1 to 64 characters.",
        Reason.TitleInvalid => "The name of a room has 1 to 60 characters in one line.",
        Reason.KeyNeeded => "This room is sealed: only its whole link lets you in, the code alone does not.",
        Reason.KeyWrong => "That is not the key of this room.",
        Reason.NotSealed => "This room is sealed: what is said in it must be sealed too.",
        Reason.MessageNotFound => "That message is no longer kept.",
        Reason.NotYours => "Only whoever wrote a message can change it.",
        Reason.TooLate => "That message can no longer be changed.",
        Reason.PasswordInvalid => "A password needs 8 to 128 characters.",
        Reason.PasswordCommon => "That is one of the passwords that are guessed first. Choose another.",
        Reason.SignInFailed => "Wrong name or password.",
        Reason.NotSignedIn => "You are not signed in.",
        Reason.AccountNotFound => "Nobody else has an account with that name.",
        Reason.SessionNotFound => "That session has ended already.",
    };

    public static implicit operator Refusal(Reason reason) => new(reason);
}
