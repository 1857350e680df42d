namespace RoomChat.Bench.Networking;

internal enum ClientState { Created, Connecting, Upgrading, Joining, Joined, Closed }
