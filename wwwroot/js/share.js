// The link, its QR code, and the device's own share sheet.
import { byId } from './dom.js';
import { toast } from './toast.js';

const CONFIRMED_FOR = 2_000;

const dialog = byId('share-dialog');
const link = byId('link');

export function prepareSharing() {
  link.value = location.origin + location.pathname;
  byId('copy').addEventListener('click', (event) => copy(event.currentTarget));
  byId('copy-link').addEventListener('click', (event) => copy(event.currentTarget));
  for (const button of document.querySelectorAll('.share')) button.addEventListener('click', open);
  byId('close-share').addEventListener('click', () => dialog.close());
  link.addEventListener('focus', () => link.select());
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());    // on its backdrop
  const native = byId('native-share');
  const shared = () => ({ title: document.title, url: link.value });
  native.hidden = !navigator.share;
  native.addEventListener('click', () => navigator.share(shared()).catch(() => undefined));
}

function open() {
  const picture = dialog.querySelector('img');
  picture.src ||= picture.dataset.src;      // loaded when it is first wanted
  dialog.showModal();
}

async function copy(button) {
  if (!(await copied(link.value))) {
    if (!dialog.open) open();
    link.focus();
    toast('The link is selected: copy it by hand.');
    return;
  }
  button.classList.add('copied');
  setTimeout(() => button.classList.remove('copied'), CONFIRMED_FOR);
  toast('Link copied');
}

export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedByCommand(text);
  }
}

// Plain HTTP on a local network has no clipboard API, only this.
function copiedByCommand(text) {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'visually-hidden';
  const focused = document.activeElement;
  (dialog.open ? dialog : document.body).append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  focused?.focus();
  return done;
}
