using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace RoomChat.Tests.Support;

/// <summary>Seals as docs/sealed.md says, by .NET's own cryptography.</summary>
internal sealed class Sealing(string key, string room)
{
    private const int NonceBytes = 12, TagBytes = 16;

    public string Check => Base64Url.EncodeToString(Derive($"check/{room}", 16));

    public static string NewKey() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    public string SealMessage(
        string epoch, int who, string id, string text, long? replyTo = null, byte[]? nonce = null) =>
        Seal(epoch, text, $"message\n{who}\n{id}\n{replyTo}", nonce);

    public string Seal(string epoch, string text, string context, byte[]? nonce = null)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var bytes = new byte[NonceBytes + plain.Length + TagBytes];
        (nonce ?? RandomNumberGenerator.GetBytes(NonceBytes)).CopyTo(bytes, 0);
        using var aes = Aes(epoch);
        aes.Encrypt(
            bytes.AsSpan(0, NonceBytes), plain, bytes.AsSpan(NonceBytes, plain.Length), bytes.AsSpan(^TagBytes..),
            Encoding.UTF8.GetBytes(context));
        return $"v1.{Base64Url.EncodeToString(bytes)}";
    }

    public string Open(string epoch, string @sealed, string context)
    {
        var bytes = Base64Url.DecodeFromChars(@sealed.AsSpan(3));
        var plain = new byte[bytes.Length - NonceBytes - TagBytes];
        using var aes = Aes(epoch);
        aes.Decrypt(
            bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes, plain.Length), bytes.AsSpan(^TagBytes..), plain,
            Encoding.UTF8.GetBytes(context));
        return Encoding.UTF8.GetString(plain);
    }

    private AesGcm Aes(string epoch) => new(Derive($"text/{room}/{epoch}", 32), TagBytes);

    private byte[] Derive(string purpose, int length) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Base64Url.DecodeFromChars(key), length,
        info: Encoding.UTF8.GetBytes($"roomchat/sealed/v1/{purpose}"));
}
