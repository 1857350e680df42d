// Bun's own publish and subscribe: {"join","name"} first, then text in and {"from","text"} out.
const chat = Bun.serve({
  hostname: "127.0.0.1",
  port: Number(process.argv[2]),
  fetch: (request, server) => (server.upgrade(request, { data: {} }) ? undefined : new Response("", { status: 400 })),
  websocket: {
    message(socket, text) {
      const me = socket.data;
      if (me.room) {
        chat.publish(me.room, JSON.stringify({ from: me.name, text }));
      } else {
        ({ join: me.room, name: me.name } = JSON.parse(text));
        socket.subscribe(me.room);
        socket.send(JSON.stringify({ joined: me.room }));
      }
    },
  },
});
