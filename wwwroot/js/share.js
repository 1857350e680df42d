// The link, its QR code, and the device's own share sheet.
import { copied } from './clipboard.js';
import { byId } from './dom.js';
import { translate } from './language.js';
import { toast } from './toast.js';

const dialog = byId('share-dialog');
const link = byId('link');
const picture = dialog.querySelector('svg');

const QUIET_ZONE = 4;

export function prepareSharing() {
  for (const button of document.querySelectorAll('#copy, .copy-link'))
    button.addEventListener('click', (event) => copy(event.currentTarget));
  for (const button of document.querySelectorAll('.share')) button.addEventListener('click', open);
  byId('close-share').addEventListener('click', () => dialog.close());
  byId('link-for-others')?.addEventListener('click', useLinkForOthers);
  link.addEventListener('focus', () => link.select());
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());    // on its backdrop
  const native = byId('native-share');
  const shared = () => ({ title: document.title, url: link.value });
  native.hidden = !navigator.share;
  native.addEventListener('click', () => navigator.share(shared()).catch(() => undefined));
}

// When it is first wanted: the address may get its key later than this is prepared.
function fillLink() {
  link.value ||= location.origin + location.pathname + location.hash;
}

function open() {
  fillLink();
  draw();
  dialog.showModal();
}

function useLinkForOthers({ currentTarget: { dataset } }) {
  link.value = dataset.link;
  draw();
  byId('local-link').hidden = true;
  link.focus();
}

// Here and not by the server, which is not to learn all of a link.
async function draw() {
  const rows = await import('./qr.js').then(({ modulesOf }) => modulesOf(link.value), () => null);
  picture.toggleAttribute('hidden', !rows);
  if (!rows) return;
  const size = rows.length + 2 * QUIET_ZONE;
  picture.setAttribute('viewBox', `${-QUIET_ZONE} ${-QUIET_ZONE} ${size} ${size}`);
  picture.firstElementChild.setAttribute('d', rows.map(squaresOf).join(''));
}

const squaresOf = (row, y) => row.map((isDark, x) => isDark ? `M${x} ${y}h1v1h-1z` : '').join('');

async function copy(button) {
  fillLink();
  if (await copied(link.value, button)) return toast(translate('page.linkCopied'));
  if (!dialog.open) open();
  link.focus();
  toast(translate('page.linkNotCopied'));
}
