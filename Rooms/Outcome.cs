using System.Diagnostics.CodeAnalysis;

namespace RoomChat.Rooms;

/// <summary>What was asked for, or why not.</summary>
public readonly struct Outcome<T> where T : notnull
{
    private readonly T? _value;
    private readonly Refusal? _refusal;

    private Outcome(T? value, Refusal? refusal) => (_value, _refusal) = (value, refusal);

    public bool Granted([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        (value, refusal) = (_value, _refusal);
        return refusal is null;
    }

    public static implicit operator Outcome<T>(T value) => new(value, null);
    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
    public static implicit operator Outcome<T>(Reason reason) => new(default, reason);
}

/// <summary>Done, and there is nothing to tell.</summary>
public readonly record struct Done;
