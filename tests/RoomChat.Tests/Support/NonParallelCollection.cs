namespace RoomChat.Tests.Support;

/// <summary>Measurements of memory and time that other tests would disturb.</summary>
[CollectionDefinition(nameof(NonParallelCollection), DisableParallelization = true)]
public sealed class NonParallelCollection;
