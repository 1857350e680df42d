namespace RoomChat.Rooms;

public sealed partial class Room
{
    /// <summary>Held while there is nothing after the place; a newer read by the member ends it.</summary>
    public async Task<Outcome<EventPage>> ReadAsync(
        Member member, long? after, TimeSpan wait, CancellationToken cancellationToken)
    {
        EventPage page;
        LongPoll? older, poll = null;
        lock (_gate)
        {
            if (!_members.Contains(member)) return Reason.NotInRoom;
            older = _delivery.EndPoll(member);
            page = _delivery.Read(member, after);
            if (page is { Events: [], HasGap: false } && wait > TimeSpan.Zero)
                poll = _delivery.BeginPoll(member, new LongPoll(page.Seq, _environment.Time, wait));
        }
        older?.Close();
        if (poll is null) return page;

        var batch = await poll.AnswerAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            if (!_members.Contains(member)) return Reason.NotInRoom;
            if (member.Poll == poll) _delivery.EndPoll(member);
            _seatExpiry.RestartAfterRequest(member);
            if (batch is not null) member.Read = Math.Max(member.Read, batch.Events[^1].Seq);
        }
        return batch is null ? page : new EventPage(batch.Events, batch.Events[^1].Seq);
    }
}
