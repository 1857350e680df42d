// Above the composer: what the draft answers, or that it is another text for a message of mine.
import { messageIn } from './amending.js';
import { byId } from './dom.js';
import { firstLine } from './words.js';

export class Strip {
  #strip = byId('strip');
  #words = byId('strip-words');
  #quoted = byId('strip-quoted');
  #end = byId('strip-end');

  constructor(dispatch) {
    this.#end.addEventListener('click', () => dispatch({ type: 'writingEnded' }));
  }

  render({ answering, editing, lines }) {
    const line = answering === null ? null : messageIn(lines, answering);
    this.#strip.hidden = answering === null && editing === null;
    this.#words.textContent = editing ? 'Editing your message'
      : answering === null ? ''
      : line?.type === 'message' ? `Answering ${line.own ? 'yourself' : line.from}:`
      : 'Answering a message that is gone';
    this.#quoted.textContent = !editing && line?.type === 'message' ? firstLine(line.text) : '';
    this.#end.ariaLabel = editing ? 'Stop editing' : 'Do not answer it';
  }
}
