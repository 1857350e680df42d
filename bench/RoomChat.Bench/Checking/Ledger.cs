using System.Numerics;

namespace RoomChat.Bench.Checking;

/// <summary>Books every message that comes: each must reach each member once, in its sender's order.</summary>
internal sealed class Ledger
{
    private readonly List<Room> _rooms = [];
    private readonly List<Member> _members = [];
    private long _twice, _late, _stray, _malformed, _refused, _unnumbered;

    public IReadOnlyList<Room> Rooms => _rooms;
    public IReadOnlyList<Member> Members => _members;
    public long Deliveries { get; private set; }

    /// <summary>How many deliveries there will have been once all is there.</summary>
    public long Owed => _rooms.Sum(room => room.Members.Sum(member => (long)member.Written) * room.Hearing.Count());

    public void AddRooms(int rooms, int members)
    {
        for (var i = 0; i < rooms; i++) _rooms.Add(new Room($"room{i}"));
        for (var i = 0; i < members; i++) _members.Add(_rooms[i % rooms].Add(i));
    }

    /// <summary>True where it is one that was awaited.</summary>
    public bool Deliver(Member to, Stamp stamp, long seq = 0)
    {
        var from = (uint)stamp.Sender < (uint)_members.Count ? _members[stamp.Sender] : null;
        if (from is null || from.Room != to.Room || stamp.Count >= from.Written)
        {
            _stray++;
            return false;
        }

        ref var next = ref to.NextOf(from);
        if (stamp.Count >= next)
        {
            for (; next < stamp.Count; next++) (to.Overtaken ??= []).Add((from, next));
            next++;
        }
        else if (to.Overtaken?.Remove((from, stamp.Count)) == true)
        {
            _late++;
        }
        else
        {
            _twice++;
            return false;
        }

        var what = (ulong)stamp.Sender << 32 | (uint)stamp.Count;
        to.Heard = (BitOperations.RotateLeft(to.Heard, 7) ^ what ^ (ulong)seq << 20) * 0x9E3779B97F4A7C15;
        Deliveries++;
        return true;
    }

    /// <summary>An event's number in its room: 1 more than that of the one before.</summary>
    public void Number(Member to, long seq)
    {
        if (to.Seq != 0 && seq != to.Seq + 1) _unnumbered++;
        to.Seq = seq;
    }

    public void Answer(Member to, bool granted)
    {
        to.Answered++;
        if (!granted) _refused++;
    }

    public void Malform() => _malformed++;

    public Findings Close(bool oneOrder, bool answers) => new()
    {
        Missing = _rooms.Sum(Missing),
        Twice = _twice,
        OutOfOrder = _late,
        Stray = _stray,
        Malformed = _malformed,
        Refused = _refused,
        Unanswered = answers ? _members.Where(member => !member.NeverReads).Sum(member => member.Written - member.Answered) : 0,
        NotDense = _unnumbered,
        RoomsInTwoOrders = _rooms.Count(room => room.Hearing.Select(member => member.Heard).Distinct().Skip(1).Any()),
        OneOrder = oneOrder,
    };

    private static long Missing(Room room) =>
        room.Hearing.Sum(to => room.Members.Sum(from => (long)(from.Written - to.NextOf(from))) + (to.Overtaken?.Count ?? 0));
}
