// Bun's built-in publish and subscribe: a client sends {"join","name"}, then text; members receive {"from","text"}.
const server = Bun.serve({
  hostname: "127.0.0.1",
  port: Number(process.argv[2]),
  fetch(request) {
    return server.upgrade(request, { data: {} }) ? undefined : new Response("", { status: 400 });
  },
  websocket: {
    message(socket, text) {
      const member = socket.data;
      if (member.room) {
        server.publish(member.room, JSON.stringify({ from: member.name, text }));
      } else {
        ({ join: member.room, name: member.name } = JSON.parse(text));
        socket.subscribe(member.room);
        socket.send(JSON.stringify({ joined: member.room }));
      }
    },
  },
});
