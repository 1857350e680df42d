using System.Diagnostics.Tracing;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Diagnostics.NETCore.Client;

namespace RoomChat.Tests.Support;

/// <summary>The memory of a process, after it has collected its garbage.</summary>
internal static class MemoryDump
{
    private const long CollectKeyword = 0x80_0000;

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

    public static int Count(byte[] memory, string text) =>
        memory.AsSpan().Count(MemoryMarshal.AsBytes(text.AsSpan())) +
        memory.AsSpan().Count(Encoding.UTF8.GetBytes(text));
}
