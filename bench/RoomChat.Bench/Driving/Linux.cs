using System.Runtime.InteropServices;

namespace RoomChat.Bench.Driving;

/// <summary>The few calls of Linux on x64 that the driver makes. Its sockets never block.</summary>
internal static unsafe partial class Linux
{
    public const uint In = 0x1, Out = 0x4, Err = 0x8, Hup = 0x10;
    public const int Add = 1, Remove = 2, Change = 3;
    public const int TryAgain = 11;

    private const int InProgress = 115;
    private const int Inet = 2, StreamNonBlocking = 1 | 0x800, NoSignal = 0x4000;
    private const int SocketLevel = 1, SocketError = 4, Linger = 13;
    private const int TcpLevel = 6, NoDelay = 1, MaxSegment = 2;

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    public struct Ready
    {
        public uint Events;
        public long Data;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public long Seconds, Nanos;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Address
    {
        public ushort Family, Port;
        public uint Host;
        public ulong Zero;
    }

    public static bool IsHere => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    public static int Error => Marshal.GetLastPInvokeError();

    /// <summary>Starts to connect to a port of this machine.</summary>
    public static int Connect(int port, int? segment = null)
    {
        var socket = Socket(Inet, StreamNonBlocking, 0);
        if (socket < 0) throw new RunFailed($"no more sockets (errno {Error}): is `ulimit -n` over twice the clients?");
        Set(socket, TcpLevel, NoDelay, 1);
        Set(socket, SocketLevel, Linger, 1);    // on for 0 seconds: closing leaves nothing behind in TIME_WAIT
        if (segment is { } size) Set(socket, TcpLevel, MaxSegment, size);

        var to = new Address { Family = Inet, Port = Swapped(port), Host = 0x0100007F };
        if (Connect(socket, &to, sizeof(Address)) != 0 && Error != InProgress) throw new RunFailed($"cannot connect: errno {Error}");
        return socket;
    }

    /// <summary>0 where the connection stands.</summary>
    public static int ConnectError(int socket)
    {
        int error = 0, size = sizeof(int);
        return GetOption(socket, SocketLevel, SocketError, &error, &size) == 0 ? error : Error;
    }

    public static int PortOf(int socket)
    {
        Address own;
        var size = sizeof(Address);
        return GetName(socket, &own, &size) == 0 ? Swapped(own.Port) : 0;
    }

    public static int Receive(int socket, byte* into, int size) => (int)Receive(socket, into, size, 0);

    public static int Send(int socket, byte* from, int size) => (int)Send(socket, from, size, NoSignal);

    public static void Watch(int epoll, int what, int socket, uint events, long data)
    {
        var ready = new Ready { Events = events, Data = data };
        _ = Control(epoll, what, socket, &ready);
    }

    public static int Wait(int epoll, Ready* ready, int most, long nanos)
    {
        var limit = new Timespec { Seconds = nanos / 1_000_000_000, Nanos = nanos % 1_000_000_000 };
        return Wait(epoll, ready, most, &limit, null);
    }

    private static void Set(int socket, int level, int option, int value)
    {
        var pair = stackalloc int[2] { value, 0 };
        _ = SetOption(socket, level, option, pair, (level, option) == (SocketLevel, Linger) ? 2 * sizeof(int) : sizeof(int));
    }

    private static ushort Swapped(int port) => (ushort)((port >> 8 & 0xFF) | (port & 0xFF) << 8);

    [LibraryImport("libc", EntryPoint = "epoll_create1")] public static partial int NewEpoll(int flags);
    [LibraryImport("libc", EntryPoint = "close")] public static partial int Close(int file);
    [LibraryImport("libc", EntryPoint = "epoll_ctl")] private static partial int Control(int epoll, int what, int file, Ready* ready);
    [LibraryImport("libc", EntryPoint = "epoll_pwait2")] private static partial int Wait(int epoll, Ready* ready, int most, Timespec* limit, void* mask);
    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)] private static partial int Socket(int domain, int type, int protocol);
    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)] private static partial int Connect(int socket, Address* to, int size);
    [LibraryImport("libc", EntryPoint = "getsockname")] private static partial int GetName(int socket, Address* own, int* size);
    [LibraryImport("libc", EntryPoint = "setsockopt")] private static partial int SetOption(int socket, int level, int name, void* value, int size);
    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)] private static partial int GetOption(int socket, int level, int name, void* value, int* size);
    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)] private static partial nint Receive(int socket, byte* into, nint size, int flags);
    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)] private static partial nint Send(int socket, byte* from, nint size, int flags);
}
