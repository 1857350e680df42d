// What the page holds, as a file that is made in the browser: nobody is told. Loaded when it is first wanted.
import { allLines } from './lines.js';
import { actionIn, named, noticeWords, plain, textOf, translate } from './words.js';

const QUOTED = 80;            // code points of what a message answers
const HANDED_OVER = 10_000;   // milliseconds; by then the browser has the file

const formats = {
  txt: { type: 'text/plain;charset=utf-8', write: asText },
  json: { type: 'application/json', write: asJson },
};

export function save(extension, state, now = new Date()) {
  const { type, write } = formats[extension];
  const link = document.createElement('a');
  link.download = fileName(state.room, extension, now);
  link.href = URL.createObjectURL(new Blob([write(state, now)], { type }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), HANDED_OVER);
}

export const fileName = (room, extension, now) => `RoomChat-${room}-${minute(now).split(' ')[0]}.${extension}`;

// No text can pass for another line, since all but the first row of each are indented.
export function asText({ room, terms, lines }, now) {
  const values = { room, title: terms.title, time: minute(now) };
  const head = terms.title ? translate('page.keepNamed', values) : translate('page.keepTitle', values);
  return [head, '', ...withAnswered(heldLines(lines)).map(lineText), ''].join('\n');
}

export function asJson({ room, terms, lines }, now) {
  const saved = withAnswered(heldLines(lines)).map(lineData);
  const data = { room, title: terms.title, saved: now.toISOString(), lines: saved };
  return JSON.stringify(data, null, 2);
}

// Older lines than the page holds are missing.
const heldLines = (lines) => (lines.first > 0 ? [{ type: 'gap' }, ...allLines(lines)] : allLines(lines));

const lineData = ({
  seq, type, at, from, text, unopened, replyTo, answered, editedAt, marks = {}, on, endsAt, to, toName = to, byName: by,
}) => ({
  seq, type, at, from, text, unopened, replyTo, answered, editedAt, on, endsAt, to: toName, by,
  marks: isEmpty(marks) ? undefined : namesOf(marks),
});

const isEmpty = (data) => Object.keys(data).length === 0;

function lineText(line) {
  switch (line.type) {
    case 'message': return `[${minute(line.at)}] ${messageRows(line).join('\n  ')}`;
    case 'removed': return `[${minute(line.at)}] ${nameOf(line)}: ${removedWords(line)}`;
    case 'gap':
    case 'reopened': return `-- ${noticeWords(line)}`;
    default: return `[${minute(line.at)}] -- ${rowsOf(plain(eventWords(line))).join('\n  ')}`;
  }
}

function messageRows({ from, text: said, unopened, answered, editedAt, marks = {} }) {
  const text = textOf({ text: said, unopened });
  const action = actionIn(text);
  const [first, ...others] = [
    ...(answered ? [`> ${answered}`] : []),
    ...rowsOf(action ?? text),
    ...(editedAt ? [translate('page.keepEdited', { time: minute(editedAt) })] : []),
    ...Object.entries(namesOf(marks)).map(([mark, names]) =>
      `${mark} ${names.map((name) => nameOf({ from: name })).join(', ')}`),
  ];
  return [`${action === null ? `${nameOf({ from })}:` : `* ${nameOf({ from })}`} ${first}`, ...others];
}

const namesOf = (marks) =>
  Object.fromEntries(Object.entries(marks).map(([mark, people]) => [mark, people.map(({ name }) => name)]));

// Whoever reads the file may be somebody else: nobody is "you" in it.
function eventWords(line) {
  const names = { names: named(line.from), count: 1 };
  if (line.type === 'joined') return translate('page.joined', names);
  if (line.type === 'left' && !line.by) return translate('page.left', names);
  return noticeWords({ ...line, own: false, toOwn: false, byOwn: false });
}

const removedWords = ({ by, byName }) => (!by ? translate('page.keepTakenBack')
  : byName ? plain(translate('page.keepRemoved', { name: byName }))
  : translate('page.keepRemovedByOwner'));

// What is answered is a message of the same life of the room: the numbers begin anew with the next.
function withAnswered(lines) {
  const bySeq = new Map();
  return lines.map((line) => {
    if (line.type === 'reopened') bySeq.clear();
    bySeq.set(line.seq, line);
    return line.replyTo ? { ...line, answered: quote(bySeq.get(line.replyTo)) } : line;
  });
}

function quote(line) {
  if (!line) return translate('page.keepEarlier');
  if (line.type === 'removed') return `${nameOf(line)}: ${removedWords(line)}`;
  const letters = Array.from(rowsOf(textOf(line)).join(' '));
  return `${nameOf(line)}: ${letters.slice(0, QUOTED).join('')}${letters.length > QUOTED ? '…' : ''}`;
}

const nameOf = ({ from }) => plain(named(from));

const rowsOf = (text) => text.split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/);

// In the time of the browser, as 2026-01-31 10:00, which Swedish is written in.
const minute = (at) => new Date(at).toLocaleString('sv').slice(0, 'yyyy-mm-dd hh:mm'.length);
