using System.Collections.Concurrent;
using RoomChat.Redis;
using RoomChat.Rooms;

namespace RoomChat.Tests.Support;

/// <summary>A lobby without a web server, with its own clock and activity feed.</summary>
internal sealed class TestLobby : IDisposable
{
    private readonly RedisConnection? _redis;
    private readonly ConcurrentBag<WeakReference<Room>> _rooms = [];

    /// <summary>One server of those that share the Redis, or else alone.</summary>
    public TestLobby(Limits? limits = null, IReservedNames? reservedNames = null, RedisServer? redis = null)
    {
        limits ??= new Limits();
        var setting = redis?.Setting ?? RedisServer.OfThisRun?.SettingApart;
        _redis = setting is null ? null : RedisServer.Connect(setting, Activity);
        Lobby = _redis is null
            ? new Lobby(limits, Clock, Activity, reservedNames)
            : new Lobby(limits, Clock, Activity, reservedNames, new RedisRoomStore(_redis, limits));
        Clock.Advanced = Settle;
    }

    public TestClock Clock { get; } = new();
    public ActivityFeed Activity { get; } = new();
    public Lobby Lobby { get; }

    /// <summary>A server knows of another once it has renewed its lease; before, it takes nobody for gone.</summary>
    public Task WaitForAsync(TestLobby other) => Wait.UntilAsync(
        () => _redis!.IsAlive(other._redis!.Server) && !_redis.IsAlive("nobody"), "one server to know of the other");

    public Task WaitUntilGoneAsync(TestLobby other) =>
        Wait.UntilAsync(() => !_redis!.IsAlive(other._redis!.Server), "one server to miss the other");

    public Room NewRoom()
    {
        var room = Lobby.Create().OrFail();
        _rooms.Add(new WeakReference<Room>(room));
        return room;
    }

    public (Member Member, TestReader Reader) Join(Room room, string name)
    {
        var reader = new TestReader();
        return (Try(room, name, reader).OrFail().Member, reader);
    }

    public Outcome<Joined> Try(
        Room room, string? name, TestReader? reader = null, string? seat = null, string? epoch = null,
        long? after = null, Member? current = null, string? passphrase = null) =>
        Lobby.Join(
            new JoinAttempt(room.Code.ToString(), name, seat, epoch, after, Passphrase: passphrase),
            reader ?? new TestReader(), current);

    /// <summary>Returns to a seat after a seq; without one, as after a reload.</summary>
    public Joined Return(Member member, TestReader reader, long? after = null) =>
        Try(member.Room, null, reader, member.Seat, member.Room.Epoch, after).OrFail();

    /// <summary>Everything published so far. Ends the feed.</summary>
    public IReadOnlyList<Activity> Activities()
    {
        Activity.Complete();
        return [.. Activity.Watch()];
    }

    /// <summary>Until the rooms have folded what became due; they decide in order.</summary>
    private void Settle()
    {
        foreach (var known in _rooms)
            if (known.TryGetTarget(out var room)) room.Recognize("nobody's");
    }

    public void Dispose()
    {
        Lobby.Dispose();
        _redis?.Dispose();
    }
}

internal static class MemberExtensions
{
    public static long Post(this Member member, string text, string? id = null) =>
        member.Room.Post(member, text, id).OrFail();

    /// <summary>
    /// Until everything up to this seq is written, so that the clock may advance without dropping a member as too slow.
    /// </summary>
    public static Task WaitForReadAsync(this Member member, long seq) =>
        Wait.UntilAsync(
            () => member.Place is { Opening: null, WritingSince: null } place && place.Seq >= seq,
            $"{member.Name} to read {seq}");
}

/// <summary>What is asynchronous with several servers, in one call.</summary>
internal static class RoomExtensions
{
    public static Outcome<long> Post(this Room room, Member member, string? text, string? id) =>
        room.PostAsync(member, text, id).Wait();

    public static Outcome<long> Edit(this Member member, long seq, string? text) =>
        member.Room.EditAsync(member, seq, text).Wait();

    public static Outcome<long> Remove(this Member member, long seq) =>
        member.Room.RemoveMessageAsync(member, seq).Wait();

    public static Outcome<long> React(this Member member, long seq, string? mark, bool on = true) =>
        member.Room.ReactAsync(member, seq, mark, on).Wait();

    public static Outcome<Name> Rename(this Member member, string? name) =>
        member.Room.RenameAsync(member, name).Wait();

    public static Outcome<Member> Recognize(this Room room, string? seat) => room.RecognizeAsync(seat).Wait();

    public static Outcome<Done> Leave(this Room room, Member member) => room.LeaveAsync(member).Wait();

    public static Outcome<Done> Lock(this Member owner, bool isLocked = true) =>
        owner.Room.LockAsync(owner, isLocked).Wait();

    public static Outcome<Done> SetPassphrase(this Member owner, string? passphrase) =>
        owner.Room.SetPassphraseAsync(
            owner, passphrase, given => Task.FromResult<Outcome<string>>(HashOf(given))).Wait();

    /// <summary>Instead of the slow one of the doorways.</summary>
    public static string HashOf(string passphrase) => Seats.Hash(passphrase);

    public static Outcome<Done> NameRoom(this Member owner, string? title) =>
        owner.Room.NameAsync(owner, title).Wait();

    public static Outcome<Done> EndRoomIn(this Member owner, int? seconds) =>
        owner.Room.EndInAsync(owner, seconds).Wait();

    public static Outcome<Done> RemoveMember(this Member owner, int who) =>
        owner.Room.RemoveMemberAsync(owner, who).Wait();

    public static Outcome<Done> PassOwnership(this Member owner, int who) =>
        owner.Room.PassOwnershipAsync(owner, who).Wait();

    public static Outcome<Done> CloseRoom(this Member owner) => owner.Room.CloseAsync(owner).Wait();

    public static T Wait<T>(this ValueTask<T> operation) => operation.AsTask().GetAwaiter().GetResult();
}

internal static class OutcomeExtensions
{
    public static T OrFail<T>(this Outcome<T> outcome) where T : notnull =>
        outcome.TryGet(out var value, out var refusal)
            ? value
            : throw new InvalidOperationException($"Refused: {refusal.Code}");

    public static Refusal Refusal<T>(this Outcome<T> outcome) where T : notnull =>
        outcome.TryGet(out var value, out var refusal)
            ? throw new InvalidOperationException($"Granted: {value}")
            : refusal;

    public static Reason Reason<T>(this Outcome<T> outcome) where T : notnull => outcome.Refusal().Reason;
}
