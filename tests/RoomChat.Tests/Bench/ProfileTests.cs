using RoomChat.Bench.Profiling;

namespace RoomChat.Tests.Bench;

public sealed class ProfileTests
{
    private const string Jitted = "[JIT] tid 7";

    [Theory]
    [InlineData(nameof(Layer.Kernel), "tcp_sendmsg", "[kernel.kallsyms]", "[k] tcp_sendmsg")]
    [InlineData(nameof(Layer.Jit), "libclrjit.so", "libclrjit.so", "[.] 0x0000000000001234")]
    [InlineData(nameof(Layer.GarbageCollector), "libclrgcexp.so", "libclrgcexp.so", "[.] 0x0000000000001234")]
    [InlineData(nameof(Layer.OtherRuntime), "libcoreclr.so", "libcoreclr.so", "[.] 0x0000000000001234")]
    [InlineData(nameof(Layer.OtherRuntime), "libc.so.6 __libc_recv", "libc.so.6", "[.] __libc_recv")]
    [InlineData(nameof(Layer.OtherRuntime), "stubs: VSD_DispatchStub", Jitted,
        "[.] stub ReportStubBlock<VSD_DispatchStub>")]
    [InlineData(nameof(Layer.SignalR), "Microsoft.AspNetCore.SignalR.Core, precompiled",
        "Microsoft.AspNetCore.SignalR.Core.dll", "[.] 0x0000000000001234")]
    [InlineData(nameof(Layer.Ours), "RoomChat.Rooms.DeliveryRounds.BeginRound", Jitted,
        "[.] instance class [System.Collections]System.Collections.Generic.List`1<int32> [RoomChat] " +
        "RoomChat.Rooms.DeliveryRounds::BeginRound()[QuickJitted]")]
    [InlineData(nameof(Layer.Ours), "RoomChat.Bench.Servers.NaiveHub.JoinRoom", Jitted,
        "[.] instance void [RoomChat.Bench] RoomChat.Bench.Servers.NaiveHub::JoinRoom(string,string)[Tier1]")]
    [InlineData(nameof(Layer.Transport), "RoomChat.Transport.WebSocketPipeWriter+<SendAsync>d__30.MoveNext", Jitted,
        "[.] instance void [RoomChat] RoomChat.Transport.WebSocketPipeWriter+<SendAsync>d__30::MoveNext()[Tier1]")]
    [InlineData(nameof(Layer.Transport), "System.Net.Sockets.Socket.Send", Jitted,
        "[.] instance int32 [System.Net.Sockets] System.Net.Sockets.Socket::Send(object)[Tier1]")]
    [InlineData(nameof(Layer.ThreadPool), "System.Threading.ThreadPoolWorkQueue.Dispatch", Jitted,
        "[.] bool [System.Private.CoreLib] System.Threading.ThreadPoolWorkQueue::Dispatch()[Tier1]")]
    [InlineData(nameof(Layer.ClassLibrary), "System.Memory`1[System.Byte].get_Span", Jitted,
        "[.] instance valuetype System.Span`1<!0> [System.Private.CoreLib] " +
        "System.Memory`1[System.Byte]::get_Span()[Tier1]")]
    public void CodeBelongsToALayer(string layer, string name, string file, string symbol) =>
        Assert.Equal(new SampledCode(Enum.Parse<Layer>(layer), name), SampledCode.Parse(file, symbol));

    [Fact]
    public void SharesAreOfAllSamplesAndTheHottestMethodsComeFirst()
    {
        var profile = Profile.Parse(
        [
            " 50        |[kernel.kallsyms]  |[k] tcp_sendmsg",
            " 20        |[JIT] tid 7        |[.] void [RoomChat] RoomChat.Rooms.Room::Send()[Tier0]",
            " 15        |[JIT] tid 7        |[.] void [RoomChat] RoomChat.Rooms.Lobby::Find()[Tier1]",
            " 10        |[JIT] tid 7        |[.] void [RoomChat] RoomChat.Rooms.Lobby::Find()[Tier0]",
            " 5         |libclrjit.so       |[.] 0x0000000000001234",
            "",
        ]);

        Assert.Equal(
            [(Layer.Kernel, 0.5), (Layer.Ours, 0.45), (Layer.Jit, 0.05)],
            profile.Layers.Where(layer => layer.Share > 0).Select(layer => (layer.Layer, layer.Share)));
        Assert.Equal(
            ["RoomChat.Rooms.Lobby.Find", "RoomChat.Rooms.Room.Send", "libclrjit.so"],
            profile.HottestMethods.Select(method => method.Method));
    }
}
