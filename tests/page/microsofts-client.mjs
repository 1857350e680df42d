// A member through Microsoft's JavaScript client of SignalR: joins a room, says something, and prints what it receives.
import { HubConnectionBuilder, LogLevel } from '@microsoft/signalr';

const [address, room, text] = process.argv.slice(2);
const hub = new HubConnectionBuilder().withUrl(new URL('/hub', address).href).configureLogging(LogLevel.None).build();
const heard = new Promise((resolve) => {
  hub.on('Receive', (events) => {
    for (const event of events) console.log(`${event.type} ${event.from} ${event.text ?? ''}`.trim());
    if (events.some((event) => event.text === text)) resolve();
  });
});
await hub.start();
await hub.invoke('JoinRoom', { room, name: 'node' });
await hub.invoke('SendMessage', { id: 'a', text });
await heard;
await hub.stop();
