using RoomChat.Bench.Checking;

namespace RoomChat.Tests.Bench;

public sealed class LedgerTests
{
    private readonly Ledger _ledger = new();
    private readonly Member _ana, _bo, _cy, _elsewhere;

    public LedgerTests()
    {
        _ledger.AddRooms(rooms: 2, members: 6); // by turns into one and the other
        (_ana, _bo, _cy, _elsewhere) = (_ledger.Members[0], _ledger.Members[2], _ledger.Members[4], _ledger.Members[1]);
    }

    private Findings Findings => _ledger.Close(oneOrder: true, answers: false);

    [Fact]
    public void AllIsRightWhereEverybodyHearsEverythingOnce()
    {
        for (var count = 0; count < 3; count++) SayToAll(_ana, count);

        Assert.True(Findings.AreRight);
        Assert.Equal("ok", Findings.ToString());
        Assert.Equal(9, _ledger.Deliveries);
        Assert.Equal(9, _ledger.Owed);
    }

    [Fact]
    public void WhatOneMemberNeverHearsIsMissing()
    {
        _ana.Written = 1;
        Hear(_ana, _ana, 0);
        Hear(_bo, _ana, 0);

        Assert.Equal(1, Findings.Missing);
        Assert.Contains("1 missing", Findings.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsLeftOutBetweenTwoIsMissing()
    {
        SayToAll(_ana, 0);
        _ana.Written = 3;
        foreach (var to in _ana.Room.Members) Hear(to, _ana, 2);

        Assert.Equal(3, Findings.Missing);
        Assert.Equal(0, Findings.OutOfOrder);
    }

    [Fact]
    public void WhatComesAgainIsTwice()
    {
        SayToAll(_ana, 0);

        Assert.False(Hear(_bo, _ana, 0));
        Assert.Equal(1, Findings.Twice);
        Assert.Equal(3, _ledger.Deliveries);
    }

    [Fact]
    public void WhatIsOvertakenByTheSendersNextIsOutOfOrderAndNotMissing()
    {
        _ana.Written = 2;
        foreach (var to in _ana.Room.Members)
        {
            Hear(to, _ana, 1);
            Hear(to, _ana, 0);
        }

        Assert.Equal(3, Findings.OutOfOrder);
        Assert.Equal(0, Findings.Missing);
        Assert.False(Hear(_bo, _ana, 0));
        Assert.Equal(1, Findings.Twice);
    }

    [Fact]
    public void WhatNobodySaidIsStray()
    {
        _ana.Written = 1;

        Assert.False(Hear(_bo, _ana, 1));
        Assert.False(_ledger.Deliver(_bo, new Stamp(99_999, 0, 0)));
        Assert.Equal(2, Findings.Stray);
    }

    [Fact]
    public void WhatWasSaidInAnotherRoomIsStray()
    {
        _elsewhere.Written = 1;

        Assert.False(Hear(_bo, _elsewhere, 0));
        Assert.Equal(1, Findings.Stray);
    }

    [Fact]
    public void TwoSendersMayComeInAnyOrderButInTheSameForAllWhereThatIsPromised()
    {
        _ana.Written = _bo.Written = 1;
        Hear(_ana, _ana, 0);
        Hear(_ana, _bo, 0);
        foreach (var to in new[] { _bo, _cy })
        {
            Hear(to, _bo, 0);
            Hear(to, _ana, 0);
        }

        Assert.Equal(1, Findings.RoomsInTwoOrders);
        Assert.False(Findings.AreRight);
        Assert.True(_ledger.Close(oneOrder: false, answers: false).AreRight);
    }

    [Fact]
    public void AMessageHasTheSameNumberForAll()
    {
        _ana.Written = 1;
        Hear(_ana, _ana, 0, seq: 7);
        Hear(_bo, _ana, 0, seq: 7);
        Hear(_cy, _ana, 0, seq: 8);

        Assert.Equal(1, Findings.RoomsInTwoOrders);
    }

    [Theory]
    [InlineData(7, 7)]
    [InlineData(7, 9)]
    [InlineData(7, 6)]
    public void NumbersAreDense(long first, long second)
    {
        _ledger.Number(_ana, 6);
        _ledger.Number(_ana, first);
        Assert.Equal(0, Findings.NotDense);

        _ledger.Number(_ana, second);
        Assert.Equal(1, Findings.NotDense);
        Assert.False(Findings.AreRight);
    }

    [Fact]
    public void NothingIsOwedToTheDeaf()
    {
        _cy.NeverReads = true;
        _ana.Written = 1;
        Hear(_ana, _ana, 0);
        Hear(_bo, _ana, 0);

        Assert.True(Findings.AreRight);
        Assert.Equal(2, _ledger.Owed);
    }

    [Fact]
    public void EveryMessageIsAnsweredWhereTheServerAnswers()
    {
        SayToAll(_ana, 0);
        Assert.Equal(1, _ledger.Close(oneOrder: true, answers: true).Unanswered);

        _ledger.Answer(_ana, granted: true);
        Assert.True(_ledger.Close(oneOrder: true, answers: true).AreRight);
    }

    [Fact]
    public void ARefusedMessageIsNotRight()
    {
        SayToAll(_ana, 0);
        _ledger.Answer(_ana, granted: false);

        Assert.Equal(1, Findings.Refused);
        Assert.False(Findings.AreRight);
    }

    private void SayToAll(Member from, int count)
    {
        from.Written++;
        foreach (var to in from.Room.Members) Assert.True(Hear(to, from, count));
    }

    private bool Hear(Member to, Member from, int count, long seq = 0) => _ledger.Deliver(to, new Stamp(from.Number, count, Due: 0), seq);
}
