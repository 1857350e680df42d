namespace RoomChat.Bench.Verification;

/// <summary>The delivery errors of one run.</summary>
internal sealed record CheckResult
{
    public long Missing { get; init; }
    public long Duplicated { get; init; }
    public long OutOfOrder { get; init; }
    public long Unexpected { get; init; }
    public long Malformed { get; init; }
    public long Refused { get; init; }
    public long Unacknowledged { get; init; }
    public long SequenceGaps { get; init; }
    public int RoomsWithoutTotalOrder { get; init; }

    /// <summary>Whether the server promises all members of a room the same order of messages.</summary>
    public bool RequiresTotalOrder { get; init; }

    /// <summary>Why the run was aborted.</summary>
    public string? Failure { get; init; }

    public bool Passed => Errors.Count == 0;

    private List<string> Errors =>
    [
        .. Failure is null ? [] : new[] { Failure },
        .. from error in new (long Count, string Name)[]
           {
               (Missing, "missing"),
               (Duplicated, "duplicated"),
               (OutOfOrder, "out of order"),
               (Unexpected, "unexpected"),
               (Malformed, "malformed"),
               (Refused, "refused"),
               (Unacknowledged, "unacknowledged"),
               (SequenceGaps, "sequence gaps"),
               (RequiresTotalOrder ? RoomsWithoutTotalOrder : 0, "rooms without total order"),
           }
           where error.Count > 0
           select $"{error.Count} {error.Name}",
    ];

    public override string ToString() => Passed ? "ok" : string.Join(", ", Errors);
}
