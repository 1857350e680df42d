using System.Diagnostics.CodeAnalysis;

namespace RoomChat.Rooms;

/// <summary>What readers are told that is not in the transcript.</summary>
internal sealed partial class DeliveryRounds
{
    private SeenNotice? _seen;

    /// <summary>A later notice takes the place of an earlier one.</summary>
    public void ShowSeen(SeenNotice seen)
    {
        _seen = seen;
        Wake();
    }

    /// <summary>Readers with a write in progress miss it.</summary>
    public List<PendingWrite> BeginToIdle(OutgoingMessage message, Place? except) =>
        [.. from place in _places
            where place != except && place.WritingSince is null
            select Begin(place, message)];

    /// <summary>Called without the lock.</summary>
    public void Write(List<PendingWrite> writes) => Complete(StartWrites(writes));

    [MemberNotNullWhen(true, nameof(_seen))]
    private bool MissesSeen(Place place) => place.IsShownSeen && _seen is not null && place.LastSeen != _seen;
}
