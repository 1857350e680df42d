using System.Globalization;
using RoomChat.Bench.Servers;
using RoomChat.Bench.Workloads;

namespace RoomChat.Bench;

internal sealed record BenchmarkOptions(
    IReadOnlyList<string> WorkloadNames,
    IReadOnlyList<Server> Servers,
    int? Repeats,
    Durations Durations,
    bool Profiles,
    bool UpdateDocs)
{
    public const string Usage = """
        dotnet run -c Release --project bench/RoomChat.Bench -- [WORKLOAD ...] [--servers NAME,...] [--repeats N]
                                                [--env NAME=VALUE ...] [--build DLL ...]
                                                [--quick] [--profile] [--docs]

        workloads   start busy big many idle storm stall crowd growth terminal page (default: all), and with
                    redis-server: scale (one server and several), redis (what a core of it takes)
        --servers   roomchat naive raw bun socketio (default: all these), and numbers, as in --servers roomchat,1,2,4:
                    that many RoomChat servers that share a Redis; needs redis-server (default of scale)
        --env       compares RoomChat with itself under an environment variable, as in --env DOTNET_TieredPGO=0
        --build     compares RoomChat with another build of it, as in --build ../other/bin/Release/net10.0/RoomChat.dll
        --repeats   runs per server, of which the table shows the median
                    (default: 3; start 9; stall, crowd, growth, terminal and page 1)
        --quick     only start busy big many idle storm, with shorter warm-ups and one repeat
        --profile   also tells which layer of a .NET server the steady time goes to, and its hottest methods; needs perf
                    (default with it: --servers roomchat,naive --repeats 1)
        --docs      also writes the chart to docs/benchmark.svg

        dotnet run -c Release --project bench/RoomChat.Bench -- soak [--minutes N] [--docs]

        soak        everything at once, for an hour or N minutes; --docs writes its chart to docs/soak.svg

        busy, big, many, storm and crowd are measured twice on one server: cold, in the first 10 s of load (storm: the
        first 2,000 joins; crowd: the first of four), and steady, when the cost no longer falls: when it was not 3 %
        below its lowest for two windows of 5 s, after 40 s at least (--quick: 15) and 90 at most (30). The table says
        if it was still falling then, and if repeats were more than 25 % apart or others used more than 5 % of a core.
        """;

    public static BenchmarkOptions? Parse(string[] arguments)
    {
        var workloadNames = new List<string>();
        IReadOnlyList<Server>? servers = null;
        var variants = new List<Server>();
        int? repeats = null;
        var (quick, profiles, updateDocs) = (false, false, false);

        for (var i = 0; i < arguments.Length; i++)
        {
            var value = i + 1 < arguments.Length ? arguments[i + 1] : "";
            switch (arguments[i])
            {
                case "--quick":
                    quick = true;
                    break;
                case "--profile":
                    profiles = true;
                    break;
                case "--docs":
                    updateDocs = true;
                    break;
                case "--repeats" when int.TryParse(value, CultureInfo.InvariantCulture, out var count) && count > 0:
                    (repeats, i) = (count, i + 1);
                    break;
                case "--servers" when FindServers(value.Split(',')) is { } found:
                    (servers, i) = (found, i + 1);
                    break;
                case "--env" when value.Split('=', 2) is [{ Length: > 0 } name, var setting]:
                    variants.Add(Server.RoomChat.WithVariable(name, setting));
                    i++;
                    break;
                case "--build" when File.Exists(value):
                    variants.Add(Server.RoomChat.WithBuild(value));
                    i++;
                    break;
                case var name when BenchmarkCatalog.AllWorkloadNames.Contains(name)
                    || BenchmarkCatalog.RedisWorkloadNames.Contains(name):
                    workloadNames.Add(name);
                    break;
                default:
                    return null;
            }
        }

        if (workloadNames.Count == 0)
            workloadNames.AddRange(quick ? BenchmarkCatalog.QuickWorkloadNames : BenchmarkCatalog.AllWorkloadNames);
        servers ??= profiles ? [Server.RoomChat, Server.Naive]
            : workloadNames.TrueForAll(BenchmarkCatalog.RedisWorkloadNames.Contains)
                ? FindServers(["roomchat", "1", "2", "4"])!
            : Server.All;
        IEnumerable<Server> compared = [.. servers, .. variants];
        if (profiles)
            compared = compared.Where(server => !server.RequiresNpm).Select(server => server.WithProfiling());
        return new BenchmarkOptions(
            workloadNames,
            [.. compared],
            repeats ?? (quick || profiles ? 1 : null),
            quick ? Durations.Quick : Durations.Default,
            profiles,
            updateDocs);
    }

    private static List<Server>? FindServers(string[] keys)
    {
        var servers = Server.All.Where(server => keys.Contains(server.Key)).ToList();
        foreach (var key in keys)
        {
            if (int.TryParse(key, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= 16)
                servers.Add(Server.RoomChat.OnRedis(count));
            else if (!servers.Exists(server => server.Key == key)) return null;
        }
        return servers;
    }
}
