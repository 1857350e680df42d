using System.Globalization;
using RoomChat.Fuzz.OverTheWire;
using SharpFuzz;

namespace RoomChat.Fuzz;

internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["targets"]:
                foreach (var target in FuzzTarget.All) Console.WriteLine(target.Name);
                return 0;
            case ["run", var name]:
                RunForAfl(FuzzTarget.Named(name));
                return 0;
            case ["try", var name, .. var files]:
                foreach (var file in files) FuzzTarget.Named(name).Run(await File.ReadAllBytesAsync(file));
                return 0;
            case ["wire", .. var numbers]:
                await WireRun.RunAsync(NumberAt(numbers, 0) ?? 1_000_000, NumberAt(numbers, 1) ?? Random.Shared.Next());
                return 0;
            default:
                await Console.Error.WriteLineAsync(
                    "targets | run TARGET | try TARGET FILE... | wire [RECORDS [SEED]]");
                return 2;
        }
    }

    private static void RunForAfl(FuzzTarget target) => Fuzzer.OutOfProcess.Run(stream =>
    {
        using var input = new MemoryStream();
        stream.CopyTo(input);
        target.Run(input.ToArray());
    });

    private static int? NumberAt(string[] numbers, int place) =>
        place < numbers.Length ? int.Parse(numbers[place], CultureInfo.InvariantCulture) : null;
}
