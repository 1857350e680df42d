namespace RoomChat.Fuzz;

/// <summary>What must hold for every input does not.</summary>
public sealed class PropertyException(string message) : Exception(message)
{
    public static void Require(bool holds, string property)
    {
        if (!holds) throw new PropertyException(property);
    }

    public static void RequireEqual<T>(T expected, T actual, string property)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new PropertyException($"{property}: {expected} is {actual}");
    }
}
