using RoomChat.Rooms;

namespace RoomChat.Tests.Support;

/// <summary>The lobbies of two servers that share their rooms.</summary>
public abstract class TwoServersTest : IDisposable
{
    protected TwoServersTest(string? appendFsync = null)
    {
        Redis = new RedisServer(appendFsync);
        (Here, There) = (NewServer(), NewServer());
    }

    internal RedisServer Redis { get; }

    internal TestLobby Here { get; }
    internal TestLobby There { get; }

    public void Dispose()
    {
        Here.Dispose();
        There.Dispose();
        Redis.Dispose();
        GC.SuppressFinalize(this);
    }

    internal TestLobby NewServer(Limits? limits = null) =>
        new(limits ?? new Limits { MessagesPerSecond = 0 }, redis: Redis);

    /// <summary>Ana is here and bo is there, and each has seen the other come.</summary>
    internal async Task<(Member Ana, TestReader Anas, Member Bo, TestReader Bos)> TalkAsync()
    {
        var (ana, anas) = Here.Join(Here.NewRoom(), "ana");
        var (bo, bos) = There.Join(FindThere(ana.Room), "bo");
        await anas.WaitForSeqAsync(2);
        await bos.WaitForSeqAsync(2);
        return (ana, anas, bo, bos);
    }

    internal Room FindThere(Room room) => There.Lobby.Find($"{room.Code}").OrFail();

    protected static Task<T[]> AtOnceAsync<T>(params Func<T>[] acts) => Task.WhenAll(acts.Select(Task.Run));
}
