namespace RoomChat.Rooms;

/// <summary>Members that ask for what comes, instead of being connected or besides.</summary>
public sealed partial class Room
{
    /// <summary>Who shows this seat with a request.</summary>
    public Outcome<Member> Recognize(string? seat)
    {
        lock (_gate)
        {
            if (SeatOf(seat, null) is not { } member) return Pair is null ? Reason.NotInRoom : Reason.RoomNotFound;
            Attend(member);
            return member;
        }
    }

    /// <summary>
    /// What comes after a place, without one what a newcomer is shown; where there is nothing yet, the request is held.
    /// A newer one ends it.
    /// </summary>
    public async Task<Outcome<Excerpt>> ReadAsync(Member member, long? after, TimeSpan wait, CancellationToken over)
    {
        Excerpt excerpt;
        Poll? older, poll = null;
        lock (_gate)
        {
            if (!IsIn(member)) return Reason.NotInRoom;
            older = EndPoll(member);
            excerpt = _transcript.Read(after, Rounds.MaxBatchBytes);
            if (excerpt is { Events: [], Gap: false } && wait > TimeSpan.Zero) poll = BeginPoll(member, excerpt.Seq);
        }
        older?.End();
        _tally.AddDeliveries(excerpt.Events.Count);
        if (poll is null) return excerpt;

        var batch = await poll.AnswerAsync(_time, wait, over).ConfigureAwait(false);
        lock (_gate)
        {
            if (!IsIn(member)) return Reason.NotInRoom;
            if (member.Poll == poll) EndPoll(member);
            Attend(member);
        }
        return batch is null ? excerpt : new Excerpt(batch.Events, batch.Events[^1].Seq);
    }

    private Poll BeginPoll(Member member, long seq)
    {
        member.Poll = new Poll(seq);
        _rounds.Follow(member.Poll.Place);
        return member.Poll;
    }

    /// <summary>What it waits for is no longer kept: asking again, it is told so.</summary>
    private Poll LetGo(Member member, Poll poll)
    {
        EndPoll(member);
        Attend(member);
        return poll;
    }

    /// <summary>Gives what was held, for it to be answered without the lock.</summary>
    private Poll? EndPoll(Member member)
    {
        (var poll, member.Poll) = (member.Poll, null);
        if (poll is not null) _rounds.Unfollow(poll.Place);
        return poll;
    }

    /// <summary>Whoever shows the seat with a request is here; without a connection, for as long as a seat waits.</summary>
    private void Attend(Member member)
    {
        member.AskedAt = Uptime;
        member.GoneAt = member.Place is null ? Uptime + TimeSpan.FromSeconds(_limits.SeatSeconds) : null;
    }
}
