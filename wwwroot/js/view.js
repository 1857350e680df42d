// Shows the state and passes on what people do. The only file that touches the room page; text enters by textContent alone.

const TYPING_FADES = 5_000;
const NEAR_BOTTOM = 80;           // pixels that still count as "at the bottom"

const byId = (id) => document.getElementById(id);
const stamp = (template) => byId(template).content.firstElementChild.cloneNode(true);
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const length = (text) => Array.from(text).length;     // code points, as the server counts

export class View {
  #page = byId('room');
  #log = byId('log');
  #text = byId('text');
  #askName = byId('ask-name');
  #banner = byId('banner');
  #act;
  #shownLines = 0;
  #shown = {};
  #pending = [];
  #typists = new Map();
  #bannerAction = null;

  room = this.#page.dataset.room;

  constructor(act) {
    this.#act = act;
    this.#page.hidden = false;
    byId('composer').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#send();
    });
    this.#text.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#send();
    });
    this.#text.addEventListener('input', () => this.#text.value && act.typing());
    byId('leave').addEventListener('click', act.leave);
    byId('copy').addEventListener('click', () => this.#copy());
    this.#banner.querySelector('button').addEventListener('click', () => {
      this.#banner.hidden = true;
      this.#bannerAction();
    });
    this.#askName.querySelector('form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#takeName();
    });
    this.#askName.addEventListener('cancel', (event) => event.preventDefault());
  }

  show(state) {
    this.#keepBottom(() => this.#showLines(state));
    if (state.roster !== this.#shown.roster) this.#showRoster(state);
    this.#showTypists();
    this.#shown = state;
  }

  #showLines(state) {
    for (const node of this.#pending) node.remove();
    for (const line of state.lines.slice(this.#shownLines)) {
      this.#log.append(this.#line(line, state.name));
      this.#typists.delete(line.from);
    }
    this.#shownLines = state.lines.length;
    this.#pending = state.outbox.map((mine) => this.#unsent(mine));
    this.#log.append(...this.#pending);
  }

  // Whoever was at the bottom stays there.
  #keepBottom(change) {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    change();
    if (scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM) this.#log.scrollTop = this.#log.scrollHeight;
  }

  showConnecting() {
    this.#state('connecting', 'Connecting…');
  }

  showJoined() {
    this.#banner.hidden = true;
    this.#state('connected', 'Connected');
    if (!this.#askName.open && document.activeElement === document.body) this.#text.focus();
  }

  showLost() {
    this.#state('lost', 'Can’t reach the server. Trying again; what you write is kept.');
  }

  showTyping(name) {
    clearTimeout(this.#typists.get(name));
    this.#typists.set(name, setTimeout(() => {
      this.#typists.delete(name);
      this.#showTypists();
    }, TYPING_FADES));
    this.#showTypists();
  }

  showClosed({ reason, message, returnAfterMs }) {
    if (reason === 'replaced') {
      this.#state('ended', 'Not connected');
      this.#say('This room is open in another tab.', 'Use here', this.#act.comeBack);
    } else if (returnAfterMs !== undefined) {
      this.#state('lost', message);
    } else {
      this.#state('ended', 'Not connected');
      this.#say(message, 'Come back', this.#act.comeBack);
    }
  }

  showGone() {
    this.#state('ended', 'Not connected');
    this.#say('This room is gone: the server was started again, or everybody had left. What is shown here stays.',
      'Make it again', this.#act.reopen);
  }

  showRefused(message) {
    this.#state('ended', 'Not connected');
    this.#say(message, 'Try again', this.#act.comeBack);
  }

  askName(name, error = '') {
    this.#state('asking', '');
    byId('name').value = name ?? '';
    this.#nameError(error);
    if (!this.#askName.open) this.#askName.showModal();
    byId('name').select();
  }

  #takeName() {
    const name = byId('name').value.trim();
    if (!name) return this.#nameError('What shall the others call you?');
    if (length(name) > Number(this.#page.dataset.nameLength)) return this.#nameError('That name is too long.');
    this.#askName.close();
    this.#act.useName(name);
  }

  #nameError(error) {
    byId('name-error').textContent = error;
    byId('name').setAttribute('aria-invalid', String(Boolean(error)));
  }

  #send() {
    const text = this.#text.value;
    const most = Number(this.#page.dataset.textLength);
    byId('text-error').textContent = length(text) > most ? `That is ${length(text)} characters; ${most} go into one message.` : '';
    if (!text.trim() || length(text) > most) return;
    this.#text.value = '';
    this.#act.send(text);
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(location.href);
      this.#state(this.#page.dataset.connection, 'Link copied');
    } catch {
      // Plain http in a local network has no clipboard: select the code, so that it can be copied by hand.
      getSelection().selectAllChildren(byId('copy'));
    }
  }

  #state(state, words) {
    this.#page.dataset.connection = state;
    this.#keepBottom(() => { byId('connection').textContent = words; });
  }

  #say(words, action, act) {
    this.#banner.querySelector('p').textContent = words;
    this.#banner.querySelector('button').textContent = action;
    this.#bannerAction = act;
    this.#keepBottom(() => { this.#banner.hidden = false; });
  }

  #line(line, myName) {
    switch (line.type) {
      case 'message': return this.#message(line, line.from === myName);
      case 'joined': return this.#notice(`+ ${line.from}`);
      case 'left': return this.#notice(`- ${line.from}`);
      case 'gap': return this.#notice('Some messages are no longer available.');
      case 'anew': return this.#notice('The room was made anew. What is above is from before.');
    }
  }

  #message({ from, text, at }, own) {
    const item = stamp('message-template');
    item.classList.toggle('own', own);
    item.querySelector('.from').textContent = own ? 'You' : from;
    item.querySelector('time').textContent = clock.format(new Date(at));
    item.querySelector('time').dateTime = at;
    item.querySelector('.text').textContent = text;
    return item;
  }

  #notice(words) {
    const item = stamp('notice-template');
    item.textContent = words;
    return item;
  }

  #unsent({ id, text, status, reason }) {
    const item = stamp('pending-template');
    item.classList.add(status);
    item.querySelector('.text').textContent = text;
    item.querySelector('.mark span').textContent = { pending: 'sending…', sent: 'sent', failed: `Not sent: ${reason}` }[status];
    const again = item.querySelector('button');
    again.hidden = status !== 'failed';
    again.addEventListener('click', () => this.#act.retry(id));
    return item;
  }

  #showRoster({ roster, name }) {
    byId('count').textContent = roster.length;
    byId('roster').replaceChildren(...roster.map((user) => {
      const item = stamp('person-template');
      item.firstElementChild.textContent = user.name;
      item.classList.toggle('me', user.name === name);
      return item;
    }));
  }

  #showTypists() {
    const names = [...this.#typists.keys()];
    byId('typing').textContent =
      names.length === 0 ? '' : names.length === 1 ? `${names[0]} is typing…` : names.length === 2 ? `${names[0]} and ${names[1]} are typing…` : 'Several people are typing…';
  }
}
