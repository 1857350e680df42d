namespace RoomChat.Rooms;

/// <summary>
/// How far each member of a small room has seen, and who of them is away: told to those who tell it, and kept nowhere.
/// </summary>
public sealed partial class Room
{
    private const int MaxMembersSeen = 20;

    private bool _hasSeenChanged, _mustPublishSeen;

    /// <param name="seq">Null from a member who no longer tells.</param>
    public Outcome<Done> Seen(Member member, long? seq)
    {
        bool hasChanged;
        lock (_gate)
        {
            if (!_members.Contains(member)) return Reason.NotInRoom;
            if (seq < 1 || seq > _transcript.Head) return Reason.BadRequest;
            SeatExpiry.CancelAway(member);
            hasChanged = NoteSeen(member, seq);
        }
        if (hasChanged) _environment.Store.PublishSeen(this, member, seq);
        return new Done();
    }

    internal void HearSeen(string seatHash, long? seq)
    {
        lock (_gate)
        {
            if (_members.WithSeatHash(seatHash) is { } member) NoteSeen(member, seq);
        }
    }

    /// <summary>For another server, which follows the room from now on.</summary>
    internal void RepeatSeen()
    {
        lock (_gate) _mustPublishSeen = true;
    }

    private bool NoteSeen(Member member, long? seq)
    {
        if (seq == member.Seen || seq < member.Seen) return false;
        member.Seen = seq;
        if (member.Place is { } place) place.IsShownSeen = seq is not null;
        return _hasSeenChanged = true;
    }

    /// <summary>Called by each sweep, so that what comes in between is told at once.</summary>
    private void ShowSeen()
    {
        if (!_hasSeenChanged || _members.Count > MaxMembersSeen) return;
        _hasSeenChanged = false;
        _delivery.ShowSeen(new SeenNotice(
        [
            .. from member in _members.All
               where member.Seen is not null
               select SeenPlace.Of(member, IsAway(member)),
        ]));
    }

    private void NotePresence(Member member) => _hasSeenChanged |= member.Seen is not null;

    private bool IsAway(Member member) => IsHere(member) ? member.Place is null : !member.IsConnected;

    private void PublishSeen()
    {
        if (!_mustPublishSeen) return;
        _mustPublishSeen = false;
        foreach (var member in _members.All)
            if (IsHere(member) && member.Seen is { } seq) _environment.Store.PublishSeen(this, member, seq);
    }
}
