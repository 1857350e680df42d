using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using RoomChat.Rooms;

namespace RoomChat.Pages;

/// <summary>
/// Whoever was shown a room's page may ask later how many are in the room. The page gives a proof, so that asking
/// guesses no code. A server that has lost its keys has lost the rooms too.
/// </summary>
public sealed class VisitedRooms(Lobby lobby, IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector(nameof(VisitedRooms));

    public string ProofOf(Code code) => _protector.Protect($"{code}");

    /// <summary>Null if the room is gone.</summary>
    public async ValueTask<int?> MembersAsync(string? proof) =>
        Code.TryParse(Read(proof), out var code) && (await lobby.FindAsync(code)).TryGet(out var room, out _)
            ? room.Members
            : null;

    private string? Read(string? proof)
    {
        try
        {
            return proof is null ? null : _protector.Unprotect(proof);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
