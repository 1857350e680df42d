using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RoomChat.Bench.Reports;

/// <summary>What stays of a session.</summary>
internal static class Files
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(string machine, IReadOnlyList<Summary> summaries, IReadOnlyList<Run> runs, bool docs)
    {
        var root = Root();
        var results = Directory.CreateDirectory(Path.Combine(root, "bench", "results"));
        var at = DateTime.UtcNow;
        var file = Path.Combine(results.FullName, $"{at:yyyy-MM-dd-HHmmss}");
        File.WriteAllText($"{file}.json", JsonSerializer.Serialize(new { At = at, Machine = machine, Runs = runs }, Json));
        var chart = Chart.Draw(summaries, machine);
        File.WriteAllText($"{file}.svg", chart);
        if (docs) File.WriteAllText(Path.Combine(root, "docs", "benchmark.svg"), chart);
        Console.WriteLine();
        Console.WriteLine($"Written to {Path.GetRelativePath(root, file)}.json and .svg{(docs ? ", and to docs/benchmark.svg" : "")}");
    }

    /// <summary>The folder of the repository, from wherever this is run.</summary>
    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "RoomChat.slnx"))) return folder.FullName;
        return Environment.CurrentDirectory;
    }
}
