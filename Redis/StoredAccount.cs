using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using RoomChat.Accounts;

namespace RoomChat.Redis;

/// <summary>An account as text.</summary>
internal sealed record StoredAccount(
    [property: JsonRequired] string Name, string PasswordHash, DateTimeOffset? Used, string Epoch, string? Kept,
    Dictionary<string, SessionRecord>? Open, Dictionary<string, DateTimeOffset>? Closed)
{
    public static string Write(Account account) => JsonSerializer.Serialize(
        new StoredAccount(
            account.Name.Shown, account.PasswordHash, account.Used, account.Epoch, account.Kept,
            account.Open.IsEmpty ? null : account.Open.ToDictionary(),
            account.Closed.IsEmpty ? null : account.Closed.ToDictionary()),
        StoredAccountJson.Default.StoredAccount);

    public static Account Read(string text)
    {
        var stored = JsonSerializer.Deserialize(text, StoredAccountJson.Default.StoredAccount)
            ?? throw new JsonException("There is no account.");
        return new Account(Rooms.Name.Restore(stored.Name), stored.PasswordHash)
        {
            Used = stored.Used,
            Epoch = stored.Epoch,
            Kept = stored.Kept,
            Open = stored.Open?.ToImmutableDictionary() ?? ImmutableDictionary<string, SessionRecord>.Empty,
            Closed = stored.Closed?.ToImmutableDictionary() ?? ImmutableDictionary<string, DateTimeOffset>.Empty,
        };
    }
}

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(StoredAccount))]
internal sealed partial class StoredAccountJson : JsonSerializerContext;
