using RoomChat.Accounts;
using RoomChat.Rooms;

namespace RoomChat.Terminal;

internal sealed record CommandOutput(DateTimeOffset At, string Text, string Code = "") : Activity(At)
{
    public override string Where => Code;

    public override ActivityLine Line => new("> {Text}", Text);
}

/// <summary>What whoever runs the server types.</summary>
internal sealed class TerminalCommands(
    Lobby lobby, Authenticator accounts, Sessions sessions, ActivityFeed activity, TimeProvider time)
{
    private const int MaxListed = 100;

    private static readonly string[] Help =
    [
        "close K7M2QX      closes a room for everybody",
        "say K7M2QX text   says it in one room, as the server",
        "say text          says it in all rooms",
        "rooms             lists the rooms",
        "sign-out ana      ends all sessions of an account",
        "help              lists this; Ctrl+C stops the server",
    ];

    public Task RunAsync(string line)
    {
        var (command, rest) = SplitWord(line);
        return command.ToLowerInvariant() switch
        {
            "" => Task.CompletedTask,
            "close" => CloseAsync(rest),
            "say" => SayAsync(rest),
            "sign-out" when rest.Length > 0 => SignOutAsync(rest),
            "rooms" when rest.Length == 0 => ListAsync(),
            _ => ShowAsync(Help),
        };
    }

    private async Task CloseAsync(string code)
    {
        if (await FindAsync(code) is not { } room)
            Show($"There is no room {code}.");
        else if (!(await room.CloseAsync(Room.Operator)).TryGet(out _, out var refusal))
            Show(refusal.Message);
    }

    /// <summary>A text may begin with what could be a code, so only that of a room is one.</summary>
    private async Task SayAsync(string said)
    {
        var (code, text) = SplitWord(said);
        if (text.Length > 0 && await FindAsync(code) is { } room) await SayAsync(room, text);
        else if (said.Length == 0) await ShowAsync(Help);
        else foreach (var each in lobby.All) await SayAsync(each, said);
    }

    private async Task SayAsync(Room room, string text)
    {
        if (!(await room.AnnounceAsync(text)).TryGet(out _, out var refusal)) Show(refusal.Message);
    }

    private async Task SignOutAsync(string name)
    {
        var found = await accounts.FindAsync(name);
        if (!found.TryGet(out var account, out var refusal)
            || !(await sessions.EndAllAsync(account.Name)).TryGet(out _, out refusal)) Show(refusal.Message);
    }

    private Task ListAsync()
    {
        var rooms = lobby.All.Select(room => (Room: room, room.Members, room.Info))
            .OrderByDescending(listed => listed.Members).ToList();
        foreach (var (room, members, info) in rooms.Take(MaxListed))
            activity.Publish(new CommandOutput(time.GetUtcNow(), Describe(members, info), $"{room.Code}"));
        if (rooms.Count is 0 or > MaxListed)
            Show(rooms.Count == 0 ? "There are no rooms." : $"There are {rooms.Count - MaxListed} more.");
        return Task.CompletedTask;
    }

    private static string Describe(int members, RoomInfo info) =>
        string.Join(", ", new[]
        {
            $"{members} here",
            info.Sealed == true ? "sealed" : info.Title,
            info.Locked == true ? "locked" : null,
            info.EndsAt is { } end ? $"ends at {end:u}" : null,
        }.OfType<string>());

    private async ValueTask<Room?> FindAsync(string typed) =>
        Code.TryParse(typed, out var code) && (await lobby.FindAsync(code)).TryGet(out var room, out _) ? room : null;

    private Task ShowAsync(IEnumerable<string> lines)
    {
        foreach (var line in lines) Show(line);
        return Task.CompletedTask;
    }

    private void Show(string text) => activity.Publish(new CommandOutput(time.GetUtcNow(), text));

    private static (string Word, string Others) SplitWord(string line)
    {
        var words = line.Trim().Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
        return (words.FirstOrDefault() ?? "", words.Length > 1 ? words[1].Trim() : "");
    }
}
