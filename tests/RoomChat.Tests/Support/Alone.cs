namespace RoomChat.Tests.Support;

/// <summary>Tests that hold the clock to a promise run while no other test does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
