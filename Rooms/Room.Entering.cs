namespace RoomChat.Rooms;

/// <summary>Who may come in that has no seat yet.</summary>
public sealed partial class Room
{
    /// <summary>Of what a newcomer has to know; null if there is no passphrase, or nobody new can come in.</summary>
    public string? PassphraseHash
    {
        get { lock (_gate) { return _state.IsLocked ? null : _state.Passphrase; } }
    }

    /// <summary>Decided before anything about names, so that a stranger does not learn who is in the room.</summary>
    private Reason? WhyNotComeIn(JoinRequest request, string? formerHash) =>
        _isClosed || !Admits(request.Account?.Name) ? Reason.RoomNotFound
        : WhyNotOpen(request) is { } reason ? reason
        : IsOwnersSeat(formerHash) ? null
        : WhyNotEnter(request);

    /// <summary>What the first newcomer shows, all others have to show.</summary>
    private Reason? WhyNotOpen(JoinRequest request) =>
        !IsSealed ? (request.KeyCheck is null ? null : Reason.KeyWrong)
        : request.KeyCheck is not { } check ? Reason.KeyNeeded
        : SealedText.IsCheck(check) && (_state.KeyCheck ?? check) == check ? null
        : Reason.KeyWrong;

    private Reason? WhyNotEnter(JoinRequest request) =>
        _state.IsLocked ? Reason.RoomLocked
        : _state.Passphrase is null || _state.Passphrase == request.Passphrase ? null
        : request.Passphrase is null ? Reason.PassphraseNeeded
        : Reason.PassphraseWrong;
}
