// Asks for the link of a sealed room where only its code is known. Loaded when it is wanted.
import { byId } from './dom.js';
import { translate } from './language.js';
import { keyIn } from './paths.js';

const dialog = byId('key-dialog');
const field = byId('key-link');
const error = byId('key-error');

export function askKey(words, use) {
  refuse(words);
  dialog.addEventListener('cancel', (event) => event.preventDefault());
  dialog.querySelector('form').addEventListener('submit', (event) => {
    event.preventDefault();
    const key = keyIn(field.value);
    if (key) use(key);
    else refuse(translate('page.keyMissing'));
  });
  dialog.showModal();
}

function refuse(words) {
  error.textContent = words;
  field.ariaInvalid = String(words !== '');
  field.select();
}
