using RoomChat.Bench.Measurement;

namespace RoomChat.Bench;

internal sealed record RunResult(string Benchmark, string Case, int Repeat, Measurements Measurements);
