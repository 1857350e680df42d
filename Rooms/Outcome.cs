using System.Diagnostics.CodeAnalysis;

namespace RoomChat.Rooms;

public readonly struct Outcome<T> where T : notnull
{
    private static readonly Refusal Unset = new(Reason.BadRequest);

    private readonly T? _value;
    private readonly Refusal? _refusal;

    private Outcome(T value) => (_value, IsSuccess) = (value, true);

    private Outcome(Refusal refusal) => _refusal = refusal;

    public bool IsSuccess { get; }

    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        value = _value;
        refusal = IsSuccess ? null : _refusal ?? Unset;
        return IsSuccess;
    }

    public static implicit operator Outcome<T>(T value) => new(value);
    public static implicit operator Outcome<T>(Refusal refusal) => new(refusal);
    public static implicit operator Outcome<T>(Reason reason) => new(new Refusal(reason));
}

public readonly record struct Done;
