using System.ComponentModel;
using Microsoft.Extensions.Options;

namespace RoomChat.Accounts;

public sealed class KeySettings : IValidateOptions<KeySettings>
{
    [Description("a folder for the keys that sign sessions and forms, so that they outlive a restart without Redis")]
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
