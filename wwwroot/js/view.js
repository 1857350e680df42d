// Shows the state and passes on what people do. It and its parts alone touch the room page; text enters as text nodes.
import { Composer } from './composer.js';
import { byId } from './dom.js';
import { Log } from './log.js';
import { renderPeople } from './people.js';
import { prepareSharing } from './share.js';
import { toast } from './toast.js';
import { length, someOf } from './words.js';

const TYPING_FADES = 5_000;
const WORTH_SAYING = 2_000;     // a shorter interruption is nobody's business

export class View {
  #page = byId('room');
  #askName = byId('name-dialog');
  #banner = byId('banner');
  #title = document.title;
  #act;
  #log;
  #composer;
  #shown = {};
  #typists = new Map();
  #bannerAction = null;
  #lostAt = null;
  #lostTimer = null;
  #lostBecause = '';

  room = this.#page.dataset.room;
  account = this.#page.dataset.account || null;      // who is signed in
  with = this.#page.dataset.partner || null;            // the other one of a direct chat
  sessionMinutes = Number(this.#page.dataset.sessionMinutes);

  constructor(act) {
    this.#act = act;
    this.#page.hidden = false;
    this.#log = new Log(act);
    this.#composer = new Composer(this.room, Number(this.#page.dataset.textLength), {
      typing: act.typing,
      send: (text) => {
        act.send(text);
        this.#log.toBottom();
      },
    });
    prepareSharing();
    byId('leave').addEventListener('click', act.leave);
    this.#banner.querySelector('button').addEventListener('click', () => {
      this.#banner.hidden = true;
      this.#bannerAction();
    });
    this.#askName.querySelector('form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#takeName();
    });
    // Safari lays its keyboard over the page instead of making room for it.
    visualViewport?.addEventListener('resize', () => {
      if (visualViewport.scale === 1) this.#page.style.height = `${visualViewport.height}px`;
    });
    this.#askName.addEventListener('cancel', (event) => event.preventDefault());
  }

  show(state) {
    for (const line of state.lines.slice(this.#shown.lines?.length ?? 0)) this.#typists.delete(line.from);
    this.#log.show(state);
    if (state.roster !== this.#shown.roster || state.name !== this.#shown.name) renderPeople(state.roster, state.name);
    byId('alone').hidden = state.epoch === null || state.roster.length > 1;
    document.title = state.unread > 0 ? `(${state.unread}) ${this.#title}` : this.#title;
    this.#showTypists();
    this.#shown = state;
  }

  // A scroll event may be late; what comes next depends on where the reader is.
  look() {
    this.#log.look();
  }

  showConnecting() {
    this.#log.beQuiet();
    if (this.#lostAt === null) this.#state('connecting', 'Connecting…');
  }

  showJoined() {
    const wasAway = this.#lostAt !== null && Date.now() - this.#lostAt > WORTH_SAYING;
    this.#endLost();
    this.#banner.hidden = true;
    this.#state('connected', 'Connected');
    this.#log.speakSoon();
    if (wasAway) toast('Back online');
    if (document.activeElement === document.body && !matchMedia('(pointer: coarse)').matches) this.#composer.focus();
  }

  showMadeAnew() {
    toast('The room was made anew under its old code');
  }

  // Until it is back, how long it has been gone stands beside it.
  showLost() {
    if (this.#lostAt !== null) return;
    this.#lostAt = Date.now();
    const words = `${this.#lostBecause}Reconnecting…`;
    this.#state('lost', words, `${this.#lostBecause || 'The connection is lost. '}Trying again; what you write is kept.`);
    this.#lostTimer = setInterval(() => {
      byId('connection').textContent = `${words} ${inWords(Date.now() - this.#lostAt)}. What you write is kept.`;
    }, 1_000);
  }

  showHeldOff(message) {
    this.#lostBecause = `${message} `;
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
    if (reason === 'replaced') this.#end('This room is open in another tab.', 'Use here', this.#act.comeBack);
    else if (returnAfterMs === undefined) this.#end(message, 'Come back', this.#act.comeBack);
    else this.#lostBecause = `${message} `;      // the end comes at once
  }

  showGone() {
    this.#end('This room is gone: the server was started again, or everybody had left. What is shown here stays.',
      'Make it again', this.#act.reopen);
  }

  showSignedOut(message) {
    this.#end(message, 'Sign in', () => location.assign(`/account/sign-in?return=${encodeURIComponent(location.pathname)}`));
  }

  showRefused(message) {
    this.#end(message, 'Try again', this.#act.comeBack);
  }

  // What was refused goes back to where it was written, unless something else is being written there.
  giveBack(text, reason) {
    if (!this.#composer.isEmpty) return false;
    this.#composer.giveBack(text);
    this.#composer.say(reason);
    return true;
  }

  showWait(reason, milliseconds) {
    this.#composer.say(`${reason} Sending goes on in ${Math.ceil(milliseconds / 1_000)} s.`);
    setTimeout(() => this.#composer.say(''), milliseconds);
  }

  askName(name, error = '') {
    this.#endLost();
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

  #end(words, action, act) {
    this.#endLost();
    this.#banner.querySelector('p').textContent = words;
    this.#banner.querySelector('button').textContent = action;
    this.#bannerAction = act;
    this.#banner.hidden = false;
    this.#state('ended', 'Not connected', words);
  }

  #endLost() {
    clearInterval(this.#lostTimer);
    this.#lostAt = null;
    this.#lostBecause = '';
  }

  #state(state, words, aloud = words) {
    this.#page.dataset.connection = state;
    byId('connection').textContent = words;
    byId('status').textContent = aloud;
  }

  #showTypists() {
    const names = [...this.#typists.keys()];
    byId('typing').textContent = names.length === 0 ? '' : `${someOf(names)} ${names.length === 1 ? 'is' : 'are'} typing…`;
  }
}

const inWords = (milliseconds) =>
  milliseconds < 60_000 ? `${Math.floor(milliseconds / 1_000)} s` : `${Math.floor(milliseconds / 60_000)} min`;
