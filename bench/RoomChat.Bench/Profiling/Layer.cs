namespace RoomChat.Bench.Profiling;

internal enum Layer { Kernel, Transport, SignalR, Ours, ClassLibrary, ThreadPool, GarbageCollector, Jit, OtherRuntime }
