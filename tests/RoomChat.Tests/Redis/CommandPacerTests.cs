using RoomChat.Redis;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Redis;

public sealed class CommandPacerTests
{
    private const int Commands = 1000;

    private readonly Lock _gate = new();
    private readonly List<int> _left = [];

    [Fact]
    public async Task WhatIsAskedLeavesInOrder()
    {
        using var pacer = new CommandPacer();

        var all = Enumerable.Range(0, Commands).Select(command => LeaveAsync(pacer, command)).ToArray();
        await Task.WhenAll(all).Soon();

        Assert.Equal(Enumerable.Range(0, Commands), _left);
    }

    [Fact]
    public async Task WhatIsAskedAfterATurnLeavesWithTheNext()
    {
        using var pacer = new CommandPacer();

        for (var command = 0; command < 10; command++) await LeaveAsync(pacer, command).Soon();

        Assert.Equal(Enumerable.Range(0, 10), _left);
    }

    [Fact]
    public async Task WhatIsUrgentLeavesInOrderToo()
    {
        using var pacer = new CommandPacer();

        var all = Enumerable.Range(0, Commands)
            .Select(command => LeaveAsync(pacer, command, isUrgent: command % 3 == 0)).ToArray();
        await Task.WhenAll(all).Soon();

        Assert.Equal(Enumerable.Range(0, Commands), _left);
    }

    [Fact]
    public void WhatIsUrgentDoesNotWaitIfNothingElseDoes()
    {
        using var pacer = new CommandPacer();

        _ = LeaveAsync(pacer, 0, isUrgent: true);

        Assert.Equal([0], _left);
    }

    [Fact]
    public async Task WhatFailsHoldsUpNothing()
    {
        using var pacer = new CommandPacer();

        var failing = FailAsync(pacer);
        await LeaveAsync(pacer, 1).Soon();

        await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
    }

    [Fact]
    public async Task WhatWaitsWhenItEndsStillLeaves()
    {
        using var pacer = new CommandPacer();
        await LeaveAsync(pacer, 0).Soon();

        var waiting = LeaveAsync(pacer, 1);
        pacer.Dispose();
        await LeaveAsync(pacer, 2).Soon();
        await waiting.Soon();

        Assert.Equal([0, 1, 2], _left.Order());
    }

    private Task<int> LeaveAsync(CommandPacer pacer, int command, bool isUrgent = false) => pacer.InTurnAsync(
        () =>
        {
            lock (_gate) _left.Add(command);
            return Task.FromResult(command);
        },
        isUrgent);

    private static Task<int> FailAsync(CommandPacer pacer) =>
        pacer.InTurnAsync<int>(() => throw new InvalidOperationException(), isUrgent: false);
}
