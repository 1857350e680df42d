namespace RoomChat.Bench;

/// <summary>A run could not be made, or broke off.</summary>
internal sealed class RunFailed(string why) : Exception(why);
