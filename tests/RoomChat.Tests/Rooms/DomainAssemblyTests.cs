using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace RoomChat.Tests.Rooms;

/// <summary>The domain as tests/RoomsAlone compiles it, without the web framework.</summary>
public sealed class DomainAssemblyTests : IDisposable
{
    private readonly PEReader _file = new(File.OpenRead(Built()));

    [Fact]
    public void TheRoomsAssemblyReferencesNoWebFramework()
    {
        var assembly = _file.GetMetadataReader();
        var used = assembly.AssemblyReferences
            .Select(reference => assembly.GetString(assembly.GetAssemblyReference(reference).Name))
            .ToList();

        Assert.NotEmpty(used);
        Assert.DoesNotContain(used, name => !name.StartsWith("System.", StringComparison.Ordinal));
    }

    [Fact]
    public void TheRoomsAssemblyHoldsTheWholeDomain()
    {
        var assembly = _file.GetMetadataReader();
        var defined = assembly.TypeDefinitions
            .Select(type => assembly.GetString(assembly.GetTypeDefinition(type).Name))
            .ToList();

        Assert.Contains("Room", defined);
        Assert.Contains("Lobby", defined);
    }

    public void Dispose() => _file.Dispose();

    private static string Built()
    {
        // tests/RoomChat.Tests/bin/<configuration>/<framework>
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var (framework, configuration) = (here.Name, here.Parent!.Name);
        return Path.Combine(here.FullName, "../../../../RoomsAlone/bin", configuration, framework, "RoomsAlone.dll");
    }
}
