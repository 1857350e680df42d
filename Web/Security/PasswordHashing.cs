using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using RoomChat.Rooms;

namespace RoomChat.Web;

/// <summary>
/// Of passwords and passphrases. It is slow on purpose: a limit on how many run at once leaves time for the rooms.
/// </summary>
public sealed class PasswordHashing : IDisposable
{
    private const int MaxQueued = 8;
    private const char Noncharacter = '\uFFFE';     // Normalize throws on it
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>What OWASP recommends for PBKDF2 with HMAC-SHA-512.</summary>
    private const int Iterations = 220_000;

    private readonly PasswordHasher<PasswordHashing> _hasher =
        new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));

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

    public Task<Outcome<PasswordVerificationResult>> VerifyAsync(string? hash, string? password) => LimitAsync(() =>
    {
        var given = CanHash(password) ? Normalize(password) : "";
        var result = _hasher.VerifyHashedPassword(this, hash ?? _dummyHash.Value, given);
        return hash is null ? PasswordVerificationResult.Failed : result;
    });

    public static bool CanHash([NotNullWhen(true)] string? password) =>
        password is not null && UnicodeText.IsWellFormed(password) && !password.Contains(Noncharacter);

    public void Dispose() => _limiter.Dispose();

    private async Task<Outcome<T>> LimitAsync<T>(Func<T> compute) where T : notnull
    {
        using var lease = await _limiter.AcquireAsync();
        return lease.IsAcquired ? await Task.Run(compute) : new Refusal(Reason.RateLimited, RetryAfter);
    }

    /// <summary>Keyboards compose the same letters differently.</summary>
    private static string Normalize(string password) => password.Normalize(NormalizationForm.FormKC);
}
