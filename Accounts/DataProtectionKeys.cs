using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace RoomChat.Accounts;

internal static class DataProtectionKeys
{
    public static void AddDataProtectionKeys(this IServiceCollection services)
    {
        services.AddDataProtection()
            .SetApplicationName(nameof(RoomChat))       // wherever it is installed
            .UseCryptographicAlgorithms(new() { EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM });
        services.AddOptions<KeyManagementOptions>().Configure<KeySettings, ILoggerFactory>((keys, settings, loggers) =>
        {
            if (settings.Keys is { Length: > 0 } folder)
                keys.XmlRepository = new FileSystemXmlRepository(new DirectoryInfo(folder), loggers);
            else
                keys.XmlRepository ??= new InMemoryXmlRepository();
        });
    }

    /// <summary>The framework's own is internal.</summary>
    private sealed class InMemoryXmlRepository : IXmlRepository
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
