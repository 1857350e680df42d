// The link, its QR code, and the device's own share sheet.
import { copied } from './clipboard.js';
import { byId } from './dom.js';
import { translate } from './language.js';
import { toast } from './toast.js';

const dialog = byId('share-dialog');
const link = byId('link');

export function prepareSharing() {
  link.value = location.origin + location.pathname + location.hash;
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

function open() {
  const picture = dialog.querySelector('img');
  picture.src ||= picture.dataset.src;      // loaded when it is first wanted
  dialog.showModal();
}

function useLinkForOthers({ currentTarget: { dataset } }) {
  link.value = dataset.link;
  dialog.querySelector('img').src = dataset.picture;
  byId('local-link').hidden = true;
  link.focus();
}

async function copy(button) {
  if (await copied(link.value, button)) return toast(translate('page.linkCopied'));
  if (!dialog.open) open();
  link.focus();
  toast(translate('page.linkNotCopied'));
}
