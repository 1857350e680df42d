// Calls somebody who looks away from a room. Loaded where the bell is on.
import { call } from './call.js';
import { bellSettings } from './memory.js';
import { mentions } from './message-text.js';
import { plain, ringBody, ringTitle } from './words.js';

export async function ring(lines, { bell, room, epoch, name, partner, terms }) {
  const due = bell === 'all' || partner ? lines : lines.filter(({ text }) => mentions(text, name));
  if (due.length === 0) return;
  const { words } = bellSettings();
  await call(room, { epoch, seq: due.at(-1).seq }, ringTitle({ room, partner, terms }), plain(ringBody(due, words)));
}
