namespace RoomChat.Bench;

/// <summary>Ends one run; the other runs continue.</summary>
internal sealed class RunFailedException(string message) : Exception(message);
