using RoomChat.Bench.Workloads;

namespace RoomChat.Bench;

internal sealed record Run(string Section, string Row, int Repeat, Figures Figures);
