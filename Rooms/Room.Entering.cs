namespace RoomChat.Rooms;

/// <summary>Who may come in that has no seat yet.</summary>
public sealed partial class Room
{
    public bool AsksForPassphrase
    {
        get { lock (_gate) { return _state.Passphrase is not null; } }
    }

    /// <summary>The passphrase of the room that the request knows, computed outside the lock.</summary>
    private async ValueTask<PassphraseHash?> CheckPassphraseAsync(JoinRequest request)
    {
        PassphraseHash? expected;
        lock (_gate) { expected = _state.Passphrase; }
        return expected is not null && request.Passphrase is { } given
            && await _environment.Passphrases.MatchesAsync(expected, given).ConfigureAwait(false) ? expected : null;
    }

    /// <summary>Decided before anything about names, so that a stranger does not learn who is in the room.</summary>
    private Reason? WhyNotEnter(JoinRequest request, PassphraseHash? passed) =>
        _state.IsLocked ? Reason.RoomLocked
        : _state.Passphrase is null || _state.Passphrase == passed ? null
        : request.Passphrase is null ? Reason.PassphraseNeeded
        : Reason.PassphraseWrong;
}
