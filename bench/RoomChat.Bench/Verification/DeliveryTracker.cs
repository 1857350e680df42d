using System.Numerics;

namespace RoomChat.Bench.Verification;

/// <summary>Records every delivery: each message must reach each member once, in its sender's order.</summary>
internal sealed class DeliveryTracker
{
    private readonly List<TrackedRoom> _rooms = [];
    private readonly List<TrackedMember> _members = [];
    private long _duplicated, _outOfOrder, _unexpected, _malformed, _refused, _sequenceGaps;

    public IReadOnlyList<TrackedRoom> Rooms => _rooms;
    public IReadOnlyList<TrackedMember> Members => _members;
    public long Deliveries { get; private set; }

    public long ExpectedDeliveries => _rooms.Sum(room =>
        room.Members.Sum(member => (long)member.SentMessages) * room.ReadingMembers.Count());

    public void AddRooms(int rooms, int members)
    {
        var first = _rooms.Count;
        for (var i = 0; i < rooms; i++) _rooms.Add(new TrackedRoom($"room{first + i}"));
        for (var i = 0; i < members; i++) _members.Add(_rooms[first + i % rooms].AddMember(_members.Count));
    }

    /// <summary>Returns whether the delivery was expected.</summary>
    public bool RecordDelivery(TrackedMember receiver, MessageHeader header, long sequenceNumber = 0)
    {
        if (receiver.IsStalled) return false;
        var sender = (uint)header.SenderId < (uint)_members.Count ? _members[header.SenderId] : null;
        if (sender is null || sender.Room != receiver.Room || header.MessageIndex >= sender.SentMessages)
        {
            _unexpected++;
            return false;
        }

        ref var next = ref receiver.NextMessageIndexFrom(sender);
        if (header.MessageIndex >= next)
        {
            for (; next < header.MessageIndex; next++) (receiver.SkippedMessages ??= []).Add((sender, next));
            next++;
        }
        else if (receiver.SkippedMessages?.Remove((sender, header.MessageIndex)) == true)
        {
            _outOfOrder++;
        }
        else
        {
            _duplicated++;
            return false;
        }

        var message = (ulong)header.SenderId << 32 | (uint)header.MessageIndex;
        var mixed = BitOperations.RotateLeft(receiver.OrderHash, 7) ^ message ^ (ulong)sequenceNumber << 20;
        receiver.OrderHash = mixed * 0x9E3779B97F4A7C15;
        Deliveries++;
        return true;
    }

    public void RecordSequenceNumber(TrackedMember receiver, long sequenceNumber)
    {
        if (receiver.LastSequenceNumber != 0 && sequenceNumber != receiver.LastSequenceNumber + 1) _sequenceGaps++;
        receiver.LastSequenceNumber = sequenceNumber;
    }

    public void RecordAcknowledgement(TrackedMember sender, bool accepted)
    {
        sender.AcknowledgedMessages++;
        if (!accepted) _refused++;
    }

    public void RecordMalformedMessage() => _malformed++;

    public CheckResult Check(bool requiresTotalOrder, bool requiresAcknowledgements) => new()
    {
        Missing = _rooms.Sum(CountMissing),
        Duplicated = _duplicated,
        OutOfOrder = _outOfOrder,
        Unexpected = _unexpected,
        Malformed = _malformed,
        Refused = _refused,
        Unacknowledged = requiresAcknowledgements ? CountUnacknowledged() : 0,
        SequenceGaps = _sequenceGaps,
        RoomsWithoutTotalOrder = _rooms.Count(HasDifferentOrders),
        RequiresTotalOrder = requiresTotalOrder,
    };

    private static long CountMissing(TrackedRoom room) => room.ReadingMembers.Sum(receiver =>
        room.Members.Sum(sender => (long)(sender.SentMessages - receiver.NextMessageIndexFrom(sender)))
        + (receiver.SkippedMessages?.Count ?? 0));

    private int CountUnacknowledged() => _members
        .Where(member => !member.IsStalled)
        .Sum(member => member.SentMessages - member.AcknowledgedMessages);

    private static bool HasDifferentOrders(TrackedRoom room) =>
        room.ReadingMembers.Select(member => member.OrderHash).Distinct().Skip(1).Any();
}
