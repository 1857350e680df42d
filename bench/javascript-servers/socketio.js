// The chat of the Socket.IO tutorial, with rooms; joins and messages are acknowledged.
const { createServer } = require("node:http");
const { Server } = require("socket.io");

const http = createServer();
const io = new Server(http, { transports: ["websocket"], serveClient: false });

io.on("connection", (socket) => {
  socket.on("join", (room, name, acknowledge) => {
    socket.data = { room, name };
    socket.join(room);
    acknowledge();
  });
  socket.on("send", (text, acknowledge) => {
    io.to(socket.data.room).emit("message", { from: socket.data.name, text });
    acknowledge();
  });
});

http.listen(Number(process.argv[2]), "127.0.0.1");
