using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using RoomChat.Rooms;

namespace RoomChat.Web;

/// <summary>
/// Of passwords and passphrases. It is slow on purpose: a limit on how many run at once leaves time for the rooms, and
/// one on how many of them wait for the same network leaves turns to others.
/// </summary>
public sealed class PasswordHashing : IDisposable
{
    private const int MaxQueued = 64, MaxOfNetwork = 4;
    private const char Noncharacter = '\uFFFE';     // Normalize throws on it
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>What OWASP recommends for PBKDF2 with HMAC-SHA-512.</summary>
    private const int Iterations = 220_000;

    private readonly PasswordHasher<PasswordHashing> _hasher =
        new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));

    private readonly Dictionary<ClientNetwork, int> _byNetwork = [];     // also the lock

    private readonly ConcurrencyLimiter _limiter = new(new()
    {
        PermitLimit = Environment.ProcessorCount > 2 ? 2 : 1,
        QueueLimit = MaxQueued,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Verified for unknown names, so that they take as long as known ones.</summary>
    private readonly Lazy<string> _dummyHash;

    public PasswordHashing() => _dummyHash = new(() => _hasher.HashPassword(this, Guid.NewGuid().ToString()));

    public Task<Outcome<string>> HashAsync(string password, IPAddress client) =>
        LimitAsync(client, () => _hasher.HashPassword(this, Normalize(password)));

    public Task<Outcome<PasswordVerificationResult>> VerifyAsync(string? hash, string? password, IPAddress client) =>
        LimitAsync(client, () =>
        {
            var given = CanHash(password) ? Normalize(password) : "";
            var result = _hasher.VerifyHashedPassword(this, hash ?? _dummyHash.Value, given);
            return hash is null ? PasswordVerificationResult.Failed : result;
        });

    public static bool CanHash([NotNullWhen(true)] string? password) =>
        password is not null && UnicodeText.IsWellFormed(password) && !password.Contains(Noncharacter);

    public void Dispose() => _limiter.Dispose();

    private async Task<Outcome<T>> LimitAsync<T>(IPAddress client, Func<T> compute) where T : notnull
    {
        var network = ClientNetwork.TiersOf(client)[^1];
        if (!TryEnter(network)) return new Refusal(Reason.RateLimited, RetryAfter);
        try
        {
            using var lease = await _limiter.AcquireAsync();
            return lease.IsAcquired ? await OnOwnThreadAsync(compute) : new Refusal(Reason.RateLimited, RetryAfter);
        }
        finally
        {
            Leave(network);
        }
    }

    /// <summary>The pool has few threads, which must be left to the rooms.</summary>
    private static Task<T> OnOwnThreadAsync<T>(Func<T> compute) => Task.Factory.StartNew(
        compute, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private bool TryEnter(ClientNetwork network)
    {
        lock (_byNetwork)
        {
            var already = _byNetwork.GetValueOrDefault(network);
            if (already < MaxOfNetwork) _byNetwork[network] = already + 1;
            return already < MaxOfNetwork;
        }
    }

    private void Leave(ClientNetwork network)
    {
        lock (_byNetwork)
        {
            if (--_byNetwork[network] == 0) _byNetwork.Remove(network);
        }
    }

    /// <summary>Keyboards compose the same letters differently.</summary>
    private static string Normalize(string password) => password.Normalize(NormalizationForm.FormKC);
}
