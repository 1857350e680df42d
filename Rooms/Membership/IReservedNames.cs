namespace RoomChat.Rooms;

public interface IReservedNames
{
    bool IsReserved(Name name);
}
