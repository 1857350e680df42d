// The chat of Socket.IO's own tutorial, with rooms; joining and sending are acknowledged.
const { createServer } = require("node:http");
const { Server } = require("socket.io");

const http = createServer();
const io = new Server(http, { transports: ["websocket"], serveClient: false });

io.on("connection", (socket) => {
  socket.on("join", (room, name, done) => {
    socket.data = { room, name };
    socket.join(room);
    done();
  });
  socket.on("send", (text, done) => {
    io.to(socket.data.room).emit("message", { from: socket.data.name, text });
    done();
  });
});

http.listen(Number(process.argv[2]), "127.0.0.1");
