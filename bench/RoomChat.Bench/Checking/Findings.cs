namespace RoomChat.Bench.Checking;

/// <summary>What was wrong with a run's deliveries.</summary>
internal sealed record Findings
{
    public long Missing { get; init; }
    public long Twice { get; init; }
    public long OutOfOrder { get; init; }
    public long Stray { get; init; }
    public long Malformed { get; init; }
    public long Refused { get; init; }
    public long Unanswered { get; init; }
    public long NotDense { get; init; }
    public int RoomsInTwoOrders { get; init; }

    /// <summary>Whether the server promises that all members of a room see one order.</summary>
    public bool OneOrder { get; init; }

    /// <summary>Why a connection was lost, or the run broke off.</summary>
    public string? Broke { get; init; }

    public bool AreRight => Complaints.Count == 0;

    private List<string> Complaints =>
    [
        .. Broke is null ? [] : new[] { Broke },
        .. from wrong in new[]
           {
               (Missing, "missing"), (Twice, "twice"), (OutOfOrder, "out of order"), (Stray, "stray"), (Malformed, "malformed"),
               (Refused, "refused"), (Unanswered, "unanswered"), (NotDense, "not dense"), (OneOrder ? RoomsInTwoOrders : 0, "rooms in two orders"),
           }
           where wrong.Item1 > 0
           select $"{wrong.Item1} {wrong.Item2}",
    ];

    public override string ToString() => AreRight ? "ok" : string.Join(", ", Complaints);
}
