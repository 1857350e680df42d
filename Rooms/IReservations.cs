namespace RoomChat.Rooms;

/// <summary>The seam between rooms and whoever knows to whom names belong.</summary>
public interface IReservations
{
    /// <summary>True where this name has an owner, who alone goes by it.</summary>
    bool IsReserved(Name name);
}
