using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace RoomChat.Accounts;

/// <summary>Where the keys live that seal sessions and forms.</summary>
public sealed class KeySettings
{
    /// <summary>A folder, for sessions to survive a restart or to be shared by several servers; without one, in memory.</summary>
    public string? Keys { get; init; }
}

internal static class Keys
{
    public static void AddKeys(this IServiceCollection services)
    {
        services.AddOptions<KeySettings>().BindConfiguration(nameof(RoomChat)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<KeySettings>, CanBeKept>();
        services.AddDataProtection();
        services.AddOptions<KeyManagementOptions>().Configure<IOptions<KeySettings>, ILoggerFactory>((keys, settings, loggers) =>
            keys.XmlRepository = settings.Value.Keys is { Length: > 0 } folder
                ? new FileSystemXmlRepository(new DirectoryInfo(folder), loggers)
                : new InMemory());
    }

    private sealed class CanBeKept : IValidateOptions<KeySettings>
    {
        public ValidateOptionsResult Validate(string? name, KeySettings settings)
        {
            if (settings.Keys is not { Length: > 0 } folder) return ValidateOptionsResult.Success;
            try
            {
                var probe = Path.Combine(Directory.CreateDirectory(folder).FullName, Path.GetRandomFileName());
                File.Create(probe, 1, FileOptions.DeleteOnClose).Dispose();
                return ValidateOptionsResult.Success;
            }
            catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
            {
                return ValidateOptionsResult.Fail($"RoomChat:Keys is {folder}, but nothing can be written there: {wrong.Message}");
            }
        }
    }

    private sealed class InMemory : IXmlRepository
    {
        private readonly List<XElement> _keys = [];

        public IReadOnlyCollection<XElement> GetAllElements()
        {
            lock (_keys) { return [.. _keys]; }
        }

        public void StoreElement(XElement element, string friendlyName)
        {
            lock (_keys) { _keys.Add(element); }
        }
    }
}
