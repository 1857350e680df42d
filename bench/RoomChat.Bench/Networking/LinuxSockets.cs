using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace RoomChat.Bench.Networking;

/// <summary>The socket and epoll calls of Linux on x64 that the clients need. All sockets are non-blocking.</summary>
internal static unsafe partial class LinuxSockets
{
    public const uint EpollIn = 0x1, EpollOut = 0x4, EpollErr = 0x8, EpollHup = 0x10;
    public const int EpollAdd = 1, EpollDelete = 2, EpollModify = 3;
    public const int TryAgain = 11;

    private const int InProgress = 115, Refused = 111;
    private const int Inet = 2, StreamNonBlocking = 1 | 0x800, NoSignal = 0x4000;
    private const int SocketLevel = 1, SocketError = 4, ReceiveBuffer = 8, Linger = 13;
    private const int TcpLevel = 6, NoDelay = 1, MaxSegment = 2;
    private const int EthernetSegmentSize = 1400, SmallBufferSize = 64 << 10;

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    public struct EpollEvent
    {
        public uint Events;
        public long Data;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public long Seconds, Nanoseconds;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct SocketAddress
    {
        public ushort Family, Port;
        public uint Host;
        public ulong Zero;
    }

    public static bool IsSupported =>
        OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    public static int LastError => Marshal.GetLastPInvokeError();

    /// <summary>
    /// With a large segment size, as on loopback, or a receive buffer that may grow, the kernel holds megabytes
    /// for a reader that stalls.
    /// </summary>
    /// <param name="from">The last three bytes of the client's own address in 127.0.0.0/8.</param>
    public static int ConnectToLoopback(int port, bool hasSmallBuffers = false, int? from = null)
    {
        var socket = Socket(Inet, StreamNonBlocking, 0);
        if (socket < 0)
            throw new RunFailedException($"out of sockets (errno {LastError}): raise `ulimit -n` to twice the clients");
        SetOption(socket, TcpLevel, NoDelay, 1);
        SetLingerOfZero(socket);
        if (hasSmallBuffers)
        {
            SetOption(socket, TcpLevel, MaxSegment, EthernetSegmentSize);
            SetOption(socket, SocketLevel, ReceiveBuffer, SmallBufferSize);
        }

        if (from is { } host)
        {
            var loopback = BinaryPrimitives.ReverseEndianness(0x7F000000U | (uint)host);
            var local = new SocketAddress { Family = Inet, Host = loopback };
            _ = Bind(socket, &local, sizeof(SocketAddress));
        }
        var address = new SocketAddress { Family = Inet, Port = SwapBytes(port), Host = 0x0100007F };
        // A refused connection shows as such in the first event.
        if (Connect(socket, &address, sizeof(SocketAddress)) != 0 && LastError is not (InProgress or Refused))
            throw new RunFailedException($"cannot connect: errno {LastError}");
        return socket;
    }

    public static int GetConnectError(int socket)
    {
        int error = 0, size = sizeof(int);
        return GetOption(socket, SocketLevel, SocketError, &error, &size) == 0 ? error : LastError;
    }

    public static int GetLocalPort(int socket)
    {
        SocketAddress local;
        var size = sizeof(SocketAddress);
        return GetName(socket, &local, &size) == 0 ? SwapBytes(local.Port) : 0;
    }

    public static int Receive(int socket, byte* buffer, int size) => (int)Receive(socket, buffer, size, 0);

    public static int Send(int socket, byte* bytes, int size) => (int)Send(socket, bytes, size, NoSignal);

    public static void ControlEpoll(int epoll, int operation, int socket, uint events, long data)
    {
        var epollEvent = new EpollEvent { Events = events, Data = data };
        _ = ControlEpoll(epoll, operation, socket, &epollEvent);
    }

    public static int WaitEpoll(int epoll, EpollEvent* events, int maxEvents, long nanoseconds)
    {
        var timeout = new Timespec { Seconds = nanoseconds / 1_000_000_000, Nanoseconds = nanoseconds % 1_000_000_000 };
        return WaitEpoll(epoll, events, maxEvents, &timeout, null);
    }

    private static void SetOption(int socket, int level, int option, int value) =>
        _ = SetOption(socket, level, option, &value, sizeof(int));

    /// <summary>Closing resets the connection, so that thousands of them do not stay in TIME_WAIT.</summary>
    private static void SetLingerOfZero(int socket)
    {
        var onForSeconds = stackalloc int[2] { 1, 0 };
        _ = SetOption(socket, SocketLevel, Linger, onForSeconds, 2 * sizeof(int));
    }

    private static ushort SwapBytes(int port) => (ushort)((port >> 8 & 0xFF) | (port & 0xFF) << 8);

    [LibraryImport("libc", EntryPoint = "epoll_create1")]
    public static partial int CreateEpoll(int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "epoll_ctl")]
    private static partial int ControlEpoll(int epoll, int operation, int file, EpollEvent* epollEvent);

    [LibraryImport("libc", EntryPoint = "epoll_pwait2")]
    private static partial int WaitEpoll(int epoll, EpollEvent* events, int maxEvents, Timespec* timeout, void* mask);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Socket(int domain, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    private static partial int Connect(int socket, SocketAddress* address, int size);

    [LibraryImport("libc", EntryPoint = "bind")]
    private static partial int Bind(int socket, SocketAddress* address, int size);

    [LibraryImport("libc", EntryPoint = "getsockname")]
    private static partial int GetName(int socket, SocketAddress* address, int* size);

    [LibraryImport("libc", EntryPoint = "setsockopt")]
    private static partial int SetOption(int socket, int level, int name, void* value, int size);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    private static partial int GetOption(int socket, int level, int name, void* value, int* size);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(int socket, byte* buffer, nint size, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(int socket, byte* bytes, nint size, int flags);
}
