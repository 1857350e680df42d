using RoomChat.Bench.Verification;

namespace RoomChat.Tests.Bench;

public sealed class DeliveryTrackerTests
{
    private readonly DeliveryTracker _tracker = new();
    private readonly TrackedMember _ana, _bo, _cy, _memberOfOtherRoom;

    public DeliveryTrackerTests()
    {
        _tracker.AddRooms(rooms: 2, members: 6); // alternately to the first and the second room
        (_ana, _bo, _cy) = (_tracker.Members[0], _tracker.Members[2], _tracker.Members[4]);
        _memberOfOtherRoom = _tracker.Members[1];
    }

    private CheckResult Result => _tracker.Check(requiresTotalOrder: true, requiresAcknowledgements: false);

    [Fact]
    public void RoomsAddedLaterHaveMembersOfTheirOwn()
    {
        var tracker = new DeliveryTracker();
        tracker.AddRooms(rooms: 2, members: 4);

        tracker.AddRooms(rooms: 1, members: 3);

        Assert.Equal([0, 1, 2, 3, 4, 5, 6], tracker.Members.Select(member => member.Id));
        Assert.Equal([2, 2, 3], tracker.Rooms.Select(room => room.Members.Count));
    }

    [Fact]
    public void TheCheckPassesIfEveryMemberReceivesEveryMessageOnceInOrder()
    {
        for (var index = 0; index < 3; index++) SendToAll(_ana, index);

        Assert.True(Result.Passed);
        Assert.Equal("ok", Result.ToString());
        Assert.Equal(9, _tracker.Deliveries);
        Assert.Equal(9, _tracker.ExpectedDeliveries);
    }

    [Fact]
    public void AMessageThatOneMemberDoesNotReceiveIsMissing()
    {
        _ana.SentMessages = 1;
        Deliver(_ana, _ana, 0);
        Deliver(_bo, _ana, 0);

        Assert.Equal(1, Result.Missing);
        Assert.Contains("1 missing", Result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AMessageSkippedBetweenTwoOthersIsMissing()
    {
        SendToAll(_ana, 0);
        _ana.SentMessages = 3;
        foreach (var receiver in _ana.Room.Members) Deliver(receiver, _ana, 2);

        Assert.Equal(3, Result.Missing);
        Assert.Equal(0, Result.OutOfOrder);
    }

    [Fact]
    public void AMessageDeliveredTwiceIsDuplicated()
    {
        SendToAll(_ana, 0);

        Assert.False(Deliver(_bo, _ana, 0));
        Assert.Equal(1, Result.Duplicated);
        Assert.Equal(3, _tracker.Deliveries);
    }

    [Fact]
    public void AMessageDeliveredAfterItsSuccessorIsOutOfOrderButNotMissing()
    {
        _ana.SentMessages = 2;
        foreach (var receiver in _ana.Room.Members)
        {
            Deliver(receiver, _ana, 1);
            Deliver(receiver, _ana, 0);
        }

        Assert.Equal(3, Result.OutOfOrder);
        Assert.Equal(0, Result.Missing);
        Assert.False(Deliver(_bo, _ana, 0));
        Assert.Equal(1, Result.Duplicated);
    }

    [Fact]
    public void AMessageThatWasNeverSentIsUnexpected()
    {
        _ana.SentMessages = 1;

        Assert.False(Deliver(_bo, _ana, 1));
        Assert.False(_tracker.RecordDelivery(_bo, new MessageHeader(SenderId: 99_999, 0, ScheduledAt: 0)));
        Assert.Equal(2, Result.Unexpected);
    }

    [Fact]
    public void AMessageFromAnotherRoomIsUnexpected()
    {
        _memberOfOtherRoom.SentMessages = 1;

        Assert.False(Deliver(_bo, _memberOfOtherRoom, 0));
        Assert.Equal(1, Result.Unexpected);
    }

    [Fact]
    public void MembersMustReceiveTheMessagesOfTwoSendersInTheSameOrderOnlyIfTotalOrderIsRequired()
    {
        _ana.SentMessages = _bo.SentMessages = 1;
        Deliver(_ana, _ana, 0);
        Deliver(_ana, _bo, 0);
        foreach (var receiver in new[] { _bo, _cy })
        {
            Deliver(receiver, _bo, 0);
            Deliver(receiver, _ana, 0);
        }

        Assert.Equal(1, Result.RoomsWithoutTotalOrder);
        Assert.False(Result.Passed);
        Assert.True(_tracker.Check(requiresTotalOrder: false, requiresAcknowledgements: false).Passed);
    }

    [Fact]
    public void AMessageMustHaveTheSameSequenceNumberForAllMembers()
    {
        _ana.SentMessages = 1;
        Deliver(_ana, _ana, 0, sequenceNumber: 7);
        Deliver(_bo, _ana, 0, sequenceNumber: 7);
        Deliver(_cy, _ana, 0, sequenceNumber: 8);

        Assert.Equal(1, Result.RoomsWithoutTotalOrder);
    }

    [Theory]
    [InlineData(7, 7)]
    [InlineData(7, 9)]
    [InlineData(7, 6)]
    public void SequenceNumbersMustIncreaseByOne(long first, long second)
    {
        _tracker.RecordSequenceNumber(_ana, 6);
        _tracker.RecordSequenceNumber(_ana, first);
        Assert.Equal(0, Result.SequenceGaps);

        _tracker.RecordSequenceNumber(_ana, second);
        Assert.Equal(1, Result.SequenceGaps);
        Assert.False(Result.Passed);
    }

    [Fact]
    public void DeliveriesToAStalledMemberDoNotCount()
    {
        _cy.IsStalled = true;
        _ana.SentMessages = 1;
        Deliver(_ana, _ana, 0);
        Deliver(_bo, _ana, 0);
        Deliver(_cy, _ana, 0);

        Assert.True(Result.Passed);
        Assert.Equal(2, _tracker.ExpectedDeliveries);
        Assert.Equal(2, _tracker.Deliveries);
    }

    [Fact]
    public void EveryMessageMustBeAcknowledgedIfAcknowledgementsAreRequired()
    {
        SendToAll(_ana, 0);
        Assert.Equal(1, _tracker.Check(requiresTotalOrder: true, requiresAcknowledgements: true).Unacknowledged);

        _tracker.RecordAcknowledgement(_ana, accepted: true);
        Assert.True(_tracker.Check(requiresTotalOrder: true, requiresAcknowledgements: true).Passed);
    }

    [Fact]
    public void ARefusedMessageFailsTheCheck()
    {
        SendToAll(_ana, 0);
        _tracker.RecordAcknowledgement(_ana, accepted: false);

        Assert.Equal(1, Result.Refused);
        Assert.False(Result.Passed);
    }

    private void SendToAll(TrackedMember sender, int messageIndex)
    {
        sender.SentMessages++;
        foreach (var receiver in sender.Room.Members) Assert.True(Deliver(receiver, sender, messageIndex));
    }

    private bool Deliver(TrackedMember receiver, TrackedMember sender, int messageIndex, long sequenceNumber = 0) =>
        _tracker.RecordDelivery(receiver, new MessageHeader(sender.Id, messageIndex, ScheduledAt: 0), sequenceNumber);
}
