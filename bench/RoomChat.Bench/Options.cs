using System.Globalization;
using RoomChat.Bench.Servers;
using RoomChat.Bench.Workloads;

namespace RoomChat.Bench;

/// <summary>What was asked for.</summary>
internal sealed record Options(IReadOnlyList<string> Workloads, IReadOnlyList<Server> Servers, int? Repeats, Durations Durations, bool Docs)
{
    public const string Usage = """
        dotnet run -c Release --project bench/RoomChat.Bench -- [WORKLOAD ...] [--servers NAME,...] [--repeats N] [--quick] [--docs]

        workloads   busy big many idle storm stall growth terminal; all of them where none is named
        --servers   roomchat naive raw bun socketio; all of them where none is named
        --repeats   how often each is run, in turn; the table shows medians (3; storm 9, growth and terminal 2, stall 1)
        --quick     busy big many idle storm only, shorter and once: less than two minutes
        --docs      writes the chart to docs/benchmark.svg too
        """;

    private static readonly string[] All = ["busy", "big", "many", "idle", "storm", "stall", "growth", "terminal"];

    /// <summary>Null where it is no sentence.</summary>
    public static Options? Parse(string[] arguments)
    {
        var (workloads, servers, quick, docs, repeats) = (new List<string>(), Server.All, false, false, (int?)null);
        for (var i = 0; i < arguments.Length; i++)
        {
            var next = i + 1 < arguments.Length ? arguments[i + 1] : "";
            switch (arguments[i])
            {
                case "--quick": quick = true; break;
                case "--docs": docs = true; break;
                case "--repeats" when int.TryParse(next, CultureInfo.InvariantCulture, out var count) && count > 0: (repeats, i) = (count, i + 1); break;
                case "--servers" when Named(next.Split(',')) is { } named: (servers, i) = (named, i + 1); break;
                case var workload when All.Contains(workload): workloads.Add(workload); break;
                default: return null;
            }
        }
        if (workloads.Count == 0) workloads.AddRange(quick ? All[..5] : All);
        return new Options(workloads, servers, repeats ?? (quick ? 1 : null), quick ? Durations.Quick : Durations.Default, docs);
    }

    private static List<Server>? Named(string[] keys) =>
        keys.All(key => Server.All.Any(server => server.Key == key)) ? [.. Server.All.Where(server => keys.Contains(server.Key))] : null;
}
