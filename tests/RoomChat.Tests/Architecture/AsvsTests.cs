using System.Globalization;
using System.Text.RegularExpressions;

namespace RoomChat.Tests.Architecture;

/// <summary>What docs/asvs.md and SECURITY.md name as proof exists, and the sums of the one are right.</summary>
public sealed partial class AsvsTests
{
    private const string Assessment = "docs/asvs.md", Test = "test: ", Code = "code: ", Document = "doc: ";

    private static readonly string[] Lines = Read(Assessment);
    private static readonly List<Row> Rows = [.. Lines.Select(line => RowLine().Match(line).Groups)
        .Where(groups => groups[0].Success).Select(Row.Of)];

    [Theory]
    [InlineData(Assessment)]
    [InlineData("SECURITY.md")]
    public void WhatADocumentNamesExists(string document)
    {
        var named = Read(document).SelectMany(NamesIn).Distinct().ToList();

        Assert.InRange(named.Count, 20, int.MaxValue);
        Assert.DoesNotContain(named, name => !Exists(name));
    }

    /// <summary>The standard has 70 of level 1 and 183 of level 2.</summary>
    [Fact]
    public void EachRequirementIsARowOnceInItsOrder()
    {
        Assert.Equal(Lines.Count(line => line.StartsWith("| V", StringComparison.Ordinal)), Rows.Count);
        Assert.Equal((70, 183), (Rows.Count(row => row.Level == 1), Rows.Count(row => row.Level == 2)));
        Assert.Equal(Rows.Select(row => row.Number).Distinct().Order(), Rows.Select(row => row.Number));
    }

    [Fact]
    public void WhatHoldsSaysByWhat()
    {
        var unproved = Rows.Where(row => row.Verdict == "holds" && !row.IsBy(Code) && !row.IsBy(Document)
            && !(row.IsBy(Test) && NamesIn(row.Evidence).Any(name => TestName().IsMatch(name))));

        Assert.Empty(unproved);
    }

    [Fact]
    public void TheSumsAreThoseOfTheRows()
    {
        var sums = Lines.Select(line => SumLine().Match(line).Groups).Where(groups => groups[0].Success).ToList();

        Assert.Equal(Rows.Select(row => $"{row.Number.Chapter}").Distinct().Append(""),
            sums.Select(sum => sum["chapter"].Value));
        Assert.All(sums, sum =>
        {
            var chapter = sum["chapter"].Value;
            var rows = Rows.Where(row => chapter is "" || chapter == $"{row.Number.Chapter}").ToList();
            int[] counted =
            [
                rows.Count(row => row.IsBy(Test)), rows.Count(row => row.IsBy(Code) || row.IsBy(Document)),
                rows.Count(row => row.Verdict == "n/a"), rows.Count(row => row.Verdict == "does not hold"), rows.Count,
            ];
            Assert.Equal(counted, sum["count"].Captures.Select(count => ToInt(count.Value)));
        });
    }

    private static string[] Read(string document) => File.ReadAllLines(Path.Combine(SourceFiles.Root, document));

    private static int ToInt(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    /// <summary>Of files, folders and tests, as opposed to addresses and settings.</summary>
    private static IEnumerable<string> NamesIn(string line) =>
        from Match quoted in Quoted().Matches(line)
        let name = quoted.Groups[1].Value
        where TestName().IsMatch(name) || FileName().IsMatch(name)
        select name;

    private static bool Exists(string name)
    {
        var test = TestName().Match(name).Groups;
        if (!test["class"].Success) return Path.Exists(Path.Combine(SourceFiles.Root, name));
        var file = test["class"].Value is var path && path.StartsWith("BrowserTests/", StringComparison.Ordinal)
            ? $"tests/RoomChat.{path}.cs"
            : $"tests/RoomChat.Tests/{path}.cs";
        return File.Exists(Path.Combine(SourceFiles.Root, file)) && (!test["method"].Success
            || Read(file).Any(line => line.Contains($" {test["method"]}(", StringComparison.Ordinal)));
    }

    private sealed record Row((int Chapter, int Section, int) Number, int Level, string Verdict, string Evidence)
    {
        public static Row Of(GroupCollection row) => new(
            (ToInt(row["chapter"].Value), ToInt(row["section"].Value), ToInt(row["number"].Value)),
            ToInt(row["level"].Value), row["verdict"].Value, row["evidence"].Value);

        public bool IsBy(string what) => Verdict == "holds" && Evidence.StartsWith(what, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^\| V(?<chapter>\d+)\.(?<section>\d+)\.(?<number>\d+) \| (?<level>[12]) \| [^|]+ " +
        @"\| (?<verdict>holds|n/a|does not hold) \| (?<evidence>[^|]+) \|$")]
    private static partial Regex RowLine();

    [GeneratedRegex(@"^\| (\[V(?<chapter>\d+) [^|]+|(?<chapter>)\*\*all\*\*)( \| \**(?<count>\d+)\**){5} \|$")]
    private static partial Regex SumLine();

    [GeneratedRegex(@"`([^`\s]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^(?<class>\w+/\w+Tests)(\.(?<method>\w+))?$|^tests/page/[\w-]+\.test\.js$")]
    private static partial Regex TestName();

    [GeneratedRegex(@"^[\w.-]+/[\w./-]*$|^[\w.-]+\.(cs|csproj|js|json|md|props)$")]
    private static partial Regex FileName();
}
