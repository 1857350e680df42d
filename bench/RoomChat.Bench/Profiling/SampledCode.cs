using System.Text.RegularExpressions;

namespace RoomChat.Bench.Profiling;

/// <summary>The code that perf found running, named as the runtime names it in its perf map.</summary>
internal sealed partial record SampledCode(Layer Layer, string Name)
{
    private const string PrecompiledExtension = ".dll";

    public static SampledCode Parse(string file, string symbol)
    {
        if (symbol.StartsWith("[k]", StringComparison.Ordinal)) return new(Layer.Kernel, symbol[4..]);
        if (ManagedMethod().Match(symbol) is { Success: true } method)
        {
            var (assembly, type) = (method.Groups["assembly"].Value, method.Groups["type"].Value);
            return new(GetLayer(assembly, type), $"{type}.{method.Groups["method"].Value}");
        }
        if (file.EndsWith(PrecompiledExtension, StringComparison.Ordinal))
        {
            var assembly = file[..^PrecompiledExtension.Length];
            return new(GetLayer(assembly, type: ""), $"{assembly}, precompiled");
        }
        if (Stub().Match(symbol) is { Success: true } stub) return new(Layer.OtherRuntime, $"stubs: {stub.Groups[1]}");
        return file switch
        {
            "libclrjit.so" => new(Layer.Jit, file),
            "libclrgcexp.so" => new(Layer.GarbageCollector, file),
            "libSystem.Native.so" => new(Layer.Transport, file),
            "libcoreclr.so" => new(Layer.OtherRuntime, file),
            _ => new(Layer.OtherRuntime, $"{file} {symbol[4..]}"),
        };
    }

    private static Layer GetLayer(string assembly, string type)
    {
        if (IsIn(type, "RoomChat.Transport")) return Layer.Transport;
        if (IsIn(assembly, "RoomChat")) return Layer.Ours;
        if (IsIn(assembly, "Microsoft.AspNetCore.SignalR")) return Layer.SignalR;
        if (assembly is "System.IO.Pipelines" || IsIn(assembly, "System.Net")) return Layer.Transport;
        if (IsIn(assembly, "Microsoft.AspNetCore")) return Layer.Transport;
        return ThreadPoolType().IsMatch(type) ? Layer.ThreadPool : Layer.ClassLibrary;
    }

    private static bool IsIn(string name, string space) =>
        name.StartsWith(space, StringComparison.Ordinal) && (name.Length == space.Length || name[space.Length] == '.');

    // instance void [System.Net.Sockets] System.Net.Sockets.Socket::Send(class [System.Runtime]System.Object)[Tier1]
    [GeneratedRegex(@"\[(?<assembly>[\w.]+)\] (?<type>\S+)::(?<method>[^(]+)\(")]
    private static partial Regex ManagedMethod();

    [GeneratedRegex(@"\bstub \w+<(\w+)>")]
    private static partial Regex Stub();

    [GeneratedRegex(@"^System\.Threading\.(ThreadPool|PortableThreadPool|LowLevelLifoSemaphore)")]
    private static partial Regex ThreadPoolType();
}
