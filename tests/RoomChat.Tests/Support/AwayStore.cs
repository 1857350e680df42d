using RoomChat.Rooms;

namespace RoomChat.Tests.Support;

/// <summary>Shared by several servers, and away.</summary>
internal sealed class AwayStore : IRoomStore
{
    public ValueTask<Outcome<StoredRoom>> CreateAsync(RoomHeader header) => new(Refusal.Unavailable);

    public ValueTask<Outcome<StoredRoom>> FindAsync(Code code) => new(Refusal.Unavailable);

    public ValueTask<Outcome<Code>> ClaimDirectAsync(DirectPair pair, Code code) => new(Refusal.Unavailable);

    public void ReleaseDirect(DirectPair pair, Code code) { }

    public ValueTask<Code?> FindDirectAsync(DirectPair pair) => default;

    public ValueTask<IReadOnlyList<Code>> DirectChatsOfAsync(Name account) => new([]);
}
