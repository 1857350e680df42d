
// Reads what was said, says something, and answers the last message.
const [server, room, key] = process.argv.slice(2);
const call = async (path, seat, body) => {
  const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${seat}` };
  const method = body ? 'POST' : 'GET';
  const answer = await fetch(`${server}api/rooms/${room}/${path}`, { method, headers, body: JSON.stringify(body) });
  return answer.json();
};
const check = derive(key, `check/${room}`, 16).toString('base64url');
const { seat, who, epoch } = await call('members', '', { name: 'node', check });
const textKey = derive(key, `text/${room}/${epoch}`, 32);
const { events } = await call('events', seat);
for (const { type, who: from, id, replyTo = '', text } of events)
  if (type === 'message') console.log(open(textKey, text, `message\n${from}\n${id}\n${replyTo}`));
const { seq } = events.findLast(({ type }) => type === 'message');
await call('messages', seat, {
  id: 'n-1', replyTo: seq, text: seal(textKey, 'Node was here 🎉', `message\n${who}\nn-1\n${seq}`),
});
