namespace RoomChat.Rooms;

public sealed partial class Lobby
{
    public async ValueTask<Outcome<Room>> OpenDirectAsync(Name from, Name with)
    {
        var pair = new DirectPair(from, with);
        while (true)
        {
            var proposed = Code.NewDirect();
            var claim = await _store.ClaimDirectAsync(pair, proposed).ConfigureAwait(false);
            if (!claim.TryGet(out var code, out var refusal)) return refusal;
            var outcome = await ReopenAsync(code, pair).ConfigureAwait(false);
            if (outcome.TryGet(out var opened, out refusal)
                && opened.Room.Pair?.Key == pair.Key && opened.Room.TryKeepOpen()) return opened.Room;
            if (refusal is null || code == proposed) _store.ReleaseDirect(pair, code);
            if (refusal is not null) return refusal;
        }
    }

    public async ValueTask<Room?> FindDirectAsync(Name from, Name with) =>
        await _store.FindDirectAsync(new DirectPair(from, with)).ConfigureAwait(false) is { } code
        && (await FindAsync(code).ConfigureAwait(false)).TryGet(out var room, out _) ? room : null;

    public async ValueTask CloseDirectChatsOfAsync(Name account)
    {
        foreach (var room in await DirectChatsOfAsync(account).ConfigureAwait(false))
            await room.CloseAsync(account.Shown).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<Room>> DirectChatsOfAsync(Name account)
    {
        List<Room> rooms = [];
        foreach (var code in await _store.DirectChatsOfAsync(account).ConfigureAwait(false))
            if ((await FindAsync(code, account).ConfigureAwait(false)).TryGet(out var room, out _)) rooms.Add(room);
        return rooms;
    }
}
