using RoomChat.Rooms;

namespace RoomChat.Api;

/// <summary>Null takes a thing away, and what is missing stays as it is: so only what is set is applied.</summary>
internal sealed class RoomPatch
{
    private readonly List<Func<Member, ValueTask<Refusal?>>> _acts = [];

    public bool? Locked
    {
        get;
        init
        {
            field = value;
            _acts.Add(async member => WhyNot(await member.Room.LockAsync(member, value == true)));
        }
    }

    public string? Passphrase
    {
        get;
        init
        {
            field = value;
            _acts.Add(async member => WhyNot(await member.Room.SetPassphraseAsync(member, value)));
        }
    }

    public string? Title
    {
        get;
        init
        {
            field = value;
            _acts.Add(async member => WhyNot(await member.Room.NameAsync(member, value)));
        }
    }

    public int? EndsInSeconds
    {
        get;
        init
        {
            field = value;
            _acts.Add(async member => WhyNot(await member.Room.EndInAsync(member, value)));
        }
    }

    /// <summary>One after the other, up to the first that is refused.</summary>
    public async ValueTask<Outcome<RoomInfo>> ApplyAsync(Member member)
    {
        foreach (var act in _acts)
            if (await act(member) is { } refusal) return refusal;
        return member.Room.Info;
    }

    private static Refusal? WhyNot<T>(Outcome<T> outcome) where T : notnull =>
        outcome.TryGet(out _, out var refusal) ? null : refusal;
}
