namespace RoomChat.Bench.Verification;

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

    public bool RequiresTotalOrder { get; init; }

    public string? AbortReason { get; init; }

    public bool Passed => Errors.Count == 0;

    private List<string> Errors =>
    [
        .. AbortReason is null ? [] : new[] { AbortReason },
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
