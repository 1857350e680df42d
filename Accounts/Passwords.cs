using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Identity;
using RoomChat.Rooms;

namespace RoomChat.Accounts;

/// <summary>Hashing is slow on purpose. It is done by one or two at a time, so that the rooms go on.</summary>
public sealed class Passwords : IDisposable
{
    private const int Shortest = 8, Longest = 128, Waiting = 8;
    private static readonly TimeSpan WhenBusy = TimeSpan.FromSeconds(1);

    private readonly PasswordHasher<Passwords> _hasher = new();
    private readonly ConcurrencyLimiter _turns = new(new()
    {
        PermitLimit = Environment.ProcessorCount > 2 ? 2 : 1,
        QueueLimit = Waiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>What the password of an unknown name is held against, so that it takes as long.</summary>
    private readonly Lazy<string> _nobodys;

    public Passwords() => _nobodys = new(() => _hasher.HashPassword(this, Guid.NewGuid().ToString()));

    public static bool IsValid(string? password) =>
        password is not null && Unicode.IsWellFormed(password) && Unicode.Length(password) is >= Shortest and <= Longest;

    public Task<Outcome<string>> HashAsync(string password) => InTurnAsync(() => _hasher.HashPassword(this, Normal(password)));

    public Task<Outcome<bool>> AreSameAsync(string? hash, string? password) => InTurnAsync(() =>
    {
        var held = _nobodys.Value;
        var given = IsValid(password) ? Normal(password!) : "";
        return _hasher.VerifyHashedPassword(this, hash ?? held, given) != PasswordVerificationResult.Failed && hash is not null;
    });

    public void Dispose() => _turns.Dispose();

    private async Task<Outcome<T>> InTurnAsync<T>(Func<T> hash) where T : notnull
    {
        using var turn = await _turns.AcquireAsync();
        return turn.IsAcquired ? await Task.Run(hash) : new Refusal(Reason.RateLimited, WhenBusy);
    }

    /// <summary>Keyboards differ in how they compose the same letters.</summary>
    private static string Normal(string password) => password.Normalize(NormalizationForm.FormKC);
}
