using System.Net;
using RoomChat.Rooms;
using RoomChat.Web;

namespace RoomChat.Api;

/// <summary>Null takes a thing away, and what is missing stays as it is: so only what is set is applied.</summary>
internal sealed class RoomPatch
{
    private readonly List<Func<Member, RateLimitedLobby, IPAddress, ValueTask<Outcome<Done>>>> _acts = [];

    public bool? Locked
    {
        get;
        init => field = Add(value, (member, _, _) => member.Room.LockAsync(member, value == true));
    }

    public string? Passphrase
    {
        get;
        init => field = Add(value, (member, lobby, client) => lobby.SetPassphraseAsync(client, member, value));
    }

    public string? Title
    {
        get;
        init => field = Add(value, (member, _, _) => member.Room.NameAsync(member, value));
    }

    public int? EndsInSeconds
    {
        get;
        init => field = Add(value, (member, _, _) => member.Room.EndInAsync(member, value));
    }

    /// <summary>One after the other, up to the first that is refused.</summary>
    public async ValueTask<Outcome<RoomInfo>> ApplyAsync(Member member, RateLimitedLobby lobby, IPAddress client)
    {
        if (_acts.Count == 0) return Reason.BadRequest;
        foreach (var act in _acts)
            if (!(await act(member, lobby, client)).TryGet(out _, out var refusal)) return refusal;
        return member.Room.Info;
    }

    private T Add<T>(T value, Func<Member, RateLimitedLobby, IPAddress, ValueTask<Outcome<Done>>> act)
    {
        _acts.Add(act);
        return value;
    }
}
