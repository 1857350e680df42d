using System.Runtime.CompilerServices;

namespace RoomChat.Tests.Architecture;

/// <summary>The repository's own files, as they are in the working tree.</summary>
internal static class SourceFiles
{
    private static readonly string[] Generated = ["bin", "obj", "node_modules", "lib", "results", "pictures"];

    public static string Root { get; } = FindRoot();

    /// <summary>Paths from the root, with their lines.</summary>
    public static IEnumerable<(string Path, string[] Lines)> WithExtension(params string[] extensions) =>
        from file in Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Root, file).Replace('\\', '/')
        where extensions.Contains(Path.GetExtension(file))
        where !path.Split('/').Any(part => Generated.Contains(part) || part.StartsWith('.'))
        select (path, File.ReadAllLines(file));

    public static bool IsProduct(string path) => !path.StartsWith("tests/", StringComparison.Ordinal)
        && !path.StartsWith("bench/", StringComparison.Ordinal);

    private static string FindRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));
}
