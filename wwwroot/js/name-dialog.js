// Asks for a name before the room is joined.
import { byId } from './dom.js';

export class NameDialog {
  #dialog = byId('name-dialog');
  #field = byId('name');
  #error = byId('name-error');

  constructor(dispatch) {
    this.#dialog.addEventListener('cancel', (event) => event.preventDefault());
    this.#dialog.querySelector('form').addEventListener('submit', (event) => {
      event.preventDefault();
      dispatch({ type: 'nameChosen', name: this.#field.value });
    });
  }

  render(asking) {
    if (asking === null) return this.#dialog.close();
    this.#error.textContent = asking.error;
    this.#field.ariaInvalid = String(asking.error !== '');
    if (this.#dialog.open) return;
    this.#field.value = asking.name;
    this.#dialog.showModal();
    this.#field.select();
  }
}
