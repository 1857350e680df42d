using Microsoft.Extensions.Options;

namespace RoomChat.Accounts;

public sealed class KeySettings : IValidateOptions<KeySettings>
{
    /// <summary>In memory or in Redis by default. In a folder, they outlive a restart without Redis.</summary>
    public string? Keys { get; init; }

    public ValidateOptionsResult Validate(string? name, KeySettings options)
    {
        if (options.Keys is not { Length: > 0 } folder) return ValidateOptionsResult.Success;
        try
        {
            var probe = Path.Combine(Directory.CreateDirectory(folder).FullName, Path.GetRandomFileName());
            File.Create(probe, 1, FileOptions.DeleteOnClose).Dispose();
            return ValidateOptionsResult.Success;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ValidateOptionsResult.Fail(
                $"RoomChat:Keys is {folder}, but nothing can be written there: {exception.Message}");
        }
    }
}
