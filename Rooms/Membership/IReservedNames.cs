namespace RoomChat.Rooms;

/// <summary>The seam between rooms and accounts.</summary>
public interface IReservedNames
{
    /// <summary>True where the name belongs to an account.</summary>
    bool IsReserved(Name name);
}
