using RoomChat.Bench.Measurement;

namespace RoomChat.Bench;

internal sealed record Run(string Section, string Row, int Repeat, Measurements Measurements);
