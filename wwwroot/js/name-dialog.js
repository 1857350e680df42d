// Asks for a name before the room is joined, and for the passphrase of a room that has one.
import { byId } from './dom.js';

export class NameDialog {
  #dialog = byId('name-dialog');
  #field = byId('name');
  #error = byId('name-error');
  #passphrase = byId('passphrase');
  #passphraseError = byId('passphrase-error');

  constructor(dispatch) {
    this.#dialog.addEventListener('cancel', (event) => event.preventDefault());
    this.#dialog.querySelector('form').addEventListener('submit', (event) => {
      event.preventDefault();
      dispatch({ type: 'nameChosen', name: this.#field.value, passphrase: this.#passphrase.value });
    });
  }

  render(asking) {
    if (asking === null) {
      this.#passphrase.value = '';
      return this.#dialog.close();
    }
    const { name, error, needsPassphrase = false, passphraseError = '' } = asking;
    this.#error.textContent = error;
    this.#field.ariaInvalid = String(error !== '');
    byId('passphrase-row').hidden = !needsPassphrase;
    this.#passphraseError.textContent = passphraseError;
    this.#passphrase.ariaInvalid = String(passphraseError !== '');
    if (!this.#dialog.open) {
      this.#field.value = name;
      this.#dialog.showModal();
    }
    if (needsPassphrase && name && !error) this.#passphrase.focus();
    else this.#field.select();
  }
}
