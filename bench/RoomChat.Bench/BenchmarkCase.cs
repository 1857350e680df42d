using RoomChat.Bench.Servers;
using RoomChat.Bench.Workloads;

namespace RoomChat.Bench;

internal sealed record BenchmarkCase(string Name, Server Server, Workload Workload);
