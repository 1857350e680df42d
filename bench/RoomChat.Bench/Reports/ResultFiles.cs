using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RoomChat.Bench.Reports;

internal static class ResultFiles
{
    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(
        string machine, IReadOnlyList<BenchmarkSummary> summaries, IReadOnlyList<RunResult> runs, bool updateDocs)
    {
        var at = DateTime.UtcNow;
        var file = GetResultPath(at);
        File.WriteAllText(
            $"{file}.json", JsonSerializer.Serialize(new { At = at, Machine = machine, Runs = runs }, JsonOptions));
        var chart = SvgChart.Draw(summaries, machine);
        File.WriteAllText($"{file}.svg", chart);
        if (updateDocs) File.WriteAllText(GetDocsPath("benchmark.svg"), chart);
        var profiles = ProfileTable.Format(summaries);
        if (profiles.Length > 0) File.WriteAllText($"{file}-profile.txt", profiles);
        Console.WriteLine(profiles);
        var docs = updateDocs ? ", and to docs/benchmark.svg" : "";
        Console.WriteLine($"Written to {Path.GetRelativePath(RepositoryRoot, file)}.json and .svg{docs}");
    }

    public static string RepositoryRoot { get; } = FindRepositoryRoot();

    public static string GetDocsPath(string file) => Path.Combine(RepositoryRoot, "docs", file);

    /// <summary>Without an extension.</summary>
    public static string GetResultPath(DateTime at) => Path.Combine(
        Directory.CreateDirectory(Path.Combine(RepositoryRoot, "bench", "results")).FullName,
        $"{at:yyyy-MM-dd-HHmmss}");

    private static string FindRepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "RoomChat.slnx"))) return folder.FullName;
        return Environment.CurrentDirectory;
    }
}
