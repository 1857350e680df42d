using System.Text.RegularExpressions;

namespace RoomChat.Tests.Architecture;

/// <summary>Folders of the product use each other in one direction, with the domain on the ground.</summary>
public sealed partial class ArrowsTests
{
    /// <summary>What each folder may use. Only Program.cs may use everything.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Rooms"] = [],
        ["Redis"] = ["Rooms", "Accounts"],
        ["Transport"] = [],
        ["Web"] = ["Rooms"],
        ["Accounts"] = ["Rooms", "Web"],
        ["Terminal"] = ["Rooms", "Accounts"],
        ["Hubs"] = ["Rooms", "Transport", "Web", "Accounts"],
        ["Api"] = ["Rooms", "Web", "Accounts"],
        ["Languages"] = [],
        ["Pages"] = ["Rooms", "Web", "Accounts", "Languages"],
        ["Settings"] = ["Rooms", "Redis", "Web", "Accounts", "Terminal"],
    };

    private static readonly List<(string From, string To, string Path)> Arrows = [.. ReadArrows()];

    [Fact]
    public void FoldersUseEachOtherInOneDirection()
    {
        var against = Arrows.Where(arrow => !Allowed[arrow.From].Contains(arrow.To));

        Assert.Empty(against.Select(arrow => $"{arrow.Path} uses {arrow.To}"));
    }

    [Fact]
    public void EveryAllowedArrowIsUsed()
    {
        var used = Arrows.Select(arrow => (arrow.From, arrow.To)).ToHashSet();
        var allowed = Allowed.SelectMany(folder => folder.Value.Select(to => (folder.Key, to)));

        Assert.DoesNotContain(allowed, arrow => !used.Contains(arrow));
    }

    [Fact]
    public void AllowedArrowsMakeNoCircle()
    {
        var placed = new HashSet<string>();
        while (Allowed.Keys.FirstOrDefault(f => !placed.Contains(f) && Allowed[f].All(placed.Contains)) is { } folder)
            placed.Add(folder);

        Assert.Equal(Allowed.Keys.Order(), placed.Order());
    }

    private static IEnumerable<(string From, string To, string Path)> ReadArrows() =>
        from file in SourceFiles.WithExtension(".cs", ".cshtml")
        where SourceFiles.IsProduct(file.Path) && file.Path.Contains('/', StringComparison.Ordinal)
        let folder = file.Path.Split('/')[0]
        from line in file.Lines
        from Match match in NamespaceUse().Matches(line)
        let used = match.Groups["folder"].Value
        where used != folder && Allowed.ContainsKey(used)
        select (folder, used, file.Path);

    [GeneratedRegex(@"\bRoomChat\.(?<folder>[A-Z][a-z]+)\b")]
    private static partial Regex NamespaceUse();
}
