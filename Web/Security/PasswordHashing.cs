using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Identity;
using RoomChat.Rooms;

namespace RoomChat.Web;

/// <summary>
/// Of passwords and passphrases. It is slow on purpose: a limit on how many run at once leaves time for the rooms.
/// </summary>
public sealed class PasswordHashing : IDisposable
{
    private const int MaxQueued = 8;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly PasswordHasher<PasswordHashing> _hasher = new();
    private readonly ConcurrencyLimiter _limiter = new(new()
    {
        PermitLimit = Environment.ProcessorCount > 2 ? 2 : 1,
        QueueLimit = MaxQueued,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Verified for unknown names, so that they take as long as known ones.</summary>
    private readonly Lazy<string> _dummyHash;

    public PasswordHashing() => _dummyHash = new(() => _hasher.HashPassword(this, Guid.NewGuid().ToString()));

    public Task<Outcome<string>> HashAsync(string password) =>
        LimitAsync(() => _hasher.HashPassword(this, Normalize(password)));

    public Task<Outcome<bool>> VerifyAsync(string? hash, string? password) => LimitAsync(() =>
    {
        var expected = hash ?? _dummyHash.Value;
        var given = password is not null && UnicodeText.IsWellFormed(password) ? Normalize(password) : "";
        var result = _hasher.VerifyHashedPassword(this, expected, given);
        return result != PasswordVerificationResult.Failed && hash is not null;
    });

    public void Dispose() => _limiter.Dispose();

    private async Task<Outcome<T>> LimitAsync<T>(Func<T> compute) where T : notnull
    {
        using var lease = await _limiter.AcquireAsync();
        return lease.IsAcquired ? await Task.Run(compute) : new Refusal(Reason.RateLimited, RetryAfter);
    }

    /// <summary>Keyboards compose the same letters differently.</summary>
    private static string Normalize(string password) => password.Normalize(NormalizationForm.FormKC);
}
