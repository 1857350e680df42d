namespace RoomChat.Rooms;

/// <summary>What members read by request.</summary>
internal sealed partial class DeliveryRounds
{
    public EventPage Read(Member member, long? after)
    {
        var page = transcript.ReadPage(after, MaxBatchBytes);
        environment.Counters.AddDeliveries(page.Events.Count);
        var again = page.Events.TakeWhile(read => read.Seq <= member.Read).Sum(read => (long)read.MaxJsonBytes());
        member.Read = Math.Max(member.Read, page.Seq);
        return page with { BytesAgain = again };
    }

    public LongPoll BeginPoll(Member member, LongPoll poll)
    {
        Follow(poll.Place);
        return member.Poll = poll;
    }

    /// <summary>Returns the held poll, to be answered outside the lock.</summary>
    public LongPoll? EndPoll(Member member)
    {
        (var poll, member.Poll) = (member.Poll, null);
        if (poll is not null) _places.Remove(poll.Place);
        return poll;
    }
}
