namespace RoomChat.Rooms;

public interface IReservedNames
{
    ValueTask<Outcome<bool>> IsReservedAsync(Name name);
}
