using System.Security.Cryptography;
using System.Text;

namespace RoomChat.Rooms;

/// <summary>Slow on purpose, and one at a time, so that rooms need not wait for it.</summary>
internal sealed class PassphraseHashing : IDisposable
{
    private const int MaxLength = 64, SaltBytes = 16, HashBytes = 32, Iterations = 100_000;

    private readonly SemaphoreSlim _oneAtATime = new(1);

    public static bool IsValid(string passphrase) =>
        UnicodeText.IsWellFormed(passphrase) && UnicodeText.Length(passphrase) is >= 1 and <= MaxLength;

    public async Task<PassphraseHash> HashAsync(string passphrase)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new PassphraseHash(
            Convert.ToBase64String(salt), await ComputeAsync(passphrase, salt).ConfigureAwait(false));
    }

    public async Task<bool> MatchesAsync(PassphraseHash expected, string passphrase)
    {
        if (!IsValid(passphrase)) return false;
        var hash = await ComputeAsync(passphrase, Convert.FromBase64String(expected.Salt)).ConfigureAwait(false);
        return CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(expected.Hash));
    }

    public void Dispose() => _oneAtATime.Dispose();

    private async Task<string> ComputeAsync(string passphrase, byte[] salt)
    {
        // Keyboards compose the same letters differently.
        var normalized = Encoding.UTF8.GetBytes(passphrase.Normalize(NormalizationForm.FormKC));
        await _oneAtATime.WaitAsync().ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Convert.ToBase64String(Rfc2898DeriveBytes.Pbkdf2(
                normalized, salt, Iterations, HashAlgorithmName.SHA256, HashBytes))).ConfigureAwait(false);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }
}

internal sealed record PassphraseHash(string Salt, string Hash);
