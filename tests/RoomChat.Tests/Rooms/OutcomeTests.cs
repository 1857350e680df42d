using RoomChat.Rooms;
using RoomChat.Tests.Support;

namespace RoomChat.Tests.Rooms;

public sealed class OutcomeTests
{
    [Fact]
    public void ADefaultOutcomeIsNoSuccess()
    {
        Assert.False(default(Outcome<long>).IsSuccess);
        Assert.Equal(Reason.BadRequest, default(Outcome<long>).Reason());
        Assert.Equal(Reason.BadRequest, default(Outcome<Room>).Reason());
    }

    [Fact]
    public void AValueIsASuccessAndAReasonIsNone()
    {
        Assert.Equal(0, ((Outcome<long>)0).OrFail());
        Assert.Equal(Reason.RoomFull, ((Outcome<long>)Reason.RoomFull).Reason());
    }
}
