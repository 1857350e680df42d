using System.Diagnostics.Tracing;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Diagnostics.NETCore.Client;

namespace RoomChat.Tests.Support;

/// <summary>The memory of a process, after it has collected its garbage.</summary>
internal static class MemoryDump
{
    private const long CollectKeyword = 0x80_0000;
    private const int Reach = 500;

    public static byte[] Of(ServerProcess process)
    {
        var client = new DiagnosticsClient(process.Id);
        var providers = new[]
        {
            new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, CollectKeyword),
        };
        using (var collecting = client.StartEventPipeSession(providers, requestRundown: false)) collecting.Stop();

        var file = Path.GetTempFileName();
        try
        {
            client.WriteDump(DumpType.WithHeap, file);
            return File.ReadAllBytes(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    public static int Count(byte[] memory, string text) => Forms(text).Sum(form => memory.AsSpan().Count(form));

    /// <summary>What can be read around the first place with the text, in either encoding.</summary>
    public static string Surroundings(byte[] memory, string text) => string.Join('\n', Forms(text)
        .Select(form => (Form: form, Start: memory.AsSpan().IndexOf(form)))
        .Where(found => found.Start >= 0)
        .Select(found => memory.Skip(found.Start - Reach).Take(found.Form.Length + 2 * Reach).ToArray())
        .Select(around => Regex.Replace(Encoding.Latin1.GetString(around), "[^ -~]+", ".")));

    private static byte[][] Forms(string text) => [Encoding.Unicode.GetBytes(text), Encoding.UTF8.GetBytes(text)];
}
