// Draws the state and turns what people do into actions. This file and its parts alone touch the room page; text enters
// as text nodes.
import { Composer, Strip } from './composer.js';
import { byId, say } from './dom.js';
import { Log } from './log.js';
import { NameDialog } from './name-dialog.js';
import { People } from './people.js';
import { Presses } from './presses.js';
import { RoomMenu } from './room-menu.js';
import { prepareSharing } from './share.js';
import { toast } from './toast.js';
import { bellWords, clock, connectionWords, splitAtNames, translate, typingWords } from './words.js';

export class View {
  #page = byId('room');
  #banner = byId('banner');
  #leave = document.querySelectorAll('.leave');
  #title = document.title;
  #icon = document.querySelector('link[rel=icon]');
  #menu;
  #people;
  #nameDialog;
  #log;
  #presses;
  #messageMenu = null;
  #bellMenu = null;
  #composer;
  #strip;
  #shown = {};

  constructor(dispatch) {
    this.#page.hidden = false;
    this.#log = new Log(dispatch);
    this.#composer = new Composer(dispatch);
    this.#strip = new Strip(dispatch);
    this.#nameDialog = new NameDialog(dispatch);
    this.#menu = new RoomMenu(dispatch, {
      'find-open': () => whenLoaded(import('./find.js'), ({ open }) => open(this.#log)),
      'save-text': () => whenLoaded(import('./keep.js'), ({ save }) => save('txt', this.#shown)),
      'save-json': () => whenLoaded(import('./keep.js'), ({ save }) => save('json', this.#shown)),
    });
    byId('bell-menu').addEventListener('toggle', ({ newState }) => newState === 'open' && this.#openBellMenu(dispatch));
    const confirm = (asked) => this.#menu.confirm(asked);
    this.#people = new People(dispatch, confirm);
    this.#presses = new Presses(byId('lines'), dispatch, (button, place) =>
      this.#openMessageMenu(dispatch, confirm, button, place), (seq) => this.#log.showMessage(seq));
    prepareSharing();
    for (const time of document.querySelectorAll('dialog time')) time.textContent = clock(time.dateTime);
    for (const button of this.#leave) button.addEventListener('click', () => dispatch({ type: 'leavePressed' }));
    this.#banner.querySelector('button').addEventListener('click', () => dispatch({ type: 'bannerPressed' }));
    // Safari's keyboard covers the page instead of resizing it.
    visualViewport?.addEventListener('resize', () => {
      if (visualViewport.scale === 1) this.#page.style.height = `${visualViewport.height}px`;
    });
  }

  // Set by the server.
  get page() {
    const {
      room, sealed, proof, account, partner, locked, nameLength, textLength, editSeconds, sessionMinutes, history,
    } = this.#page.dataset;
    return {
      room,
      sealed: sealed === 'true',
      proof,
      locked: locked === 'true',
      account: account || null,
      partner: partner || null,
      nameLength: Number(nameLength),
      textLength: Number(textLength),
      editSeconds: Number(editSeconds),
      sessionMinutes: Number(sessionMinutes),
      history: Number(history),
    };
  }

  render(state) {
    const shown = this.#shown;
    this.#shown = state;
    const changed = (...keys) => keys.some((key) => state[key] !== shown[key]);

    if (changed('status', 'lost', 'banner')) this.#renderConnection(state);
    if (changed('banner')) this.#renderBanner(state.banner);
    if (changed('asking')) this.#nameDialog.render(state.asking);
    if (changed('announcing', 'epoch')) this.#log.announce(state);
    if (changed('lines', 'outbox', 'inRoom', 'unread', 'firstUnread', 'muted', 'roster', 'places', 'who'))
      this.#log.render(state);
    if (changed('lines')) this.#presses.render();
    if (changed('lines', 'terms', 'inRoom', 'who', 'roster', 'places')) this.#messageMenu?.render(state);
    if (changed('roster', 'who', 'terms', 'muted', 'places')) this.#people.render(state);
    if (changed('roster', 'who', 'terms', 'names', 'tellsSeen')) this.#menu.render(state);
    if (changed('roster', 'epoch', 'lines')) byId('alone').hidden = !isAlone(state);
    if (changed('unread', 'terms')) document.title = this.#titleOf(state);
    if (changed('unread')) this.#renderBadge(state);
    if (changed('bell')) this.#renderBell(state);
    if (changed('typists')) say(byId('typing'), splitAtNames(typingWords(state.typists)));
    if (changed('draft', 'composerError', 'outbox', 'roster', 'status', 'gone')) this.#composer.render(state);
    if (changed('answering', 'editing', 'lines')) this.#strip.render(state);
    if (state.inRoom && !shown.inRoom) this.#composer.offerFocus();
  }

  // To be read out to each other: the same for everybody with the same key.
  showSigns(signs) {
    const shown = byId('room-signs');
    if (shown) shown.textContent = signs.join(' ');
  }

  // Scroll events may be late, and what follows depends on the reader's position.
  look() {
    this.#log.look();
  }

  #titleOf({ unread, terms: { title } }) {
    const named = title ? `${title} · ${this.#title}` : this.#title;
    return unread > 0 ? `(${unread}) ${named}` : named;
  }

  #renderBadge({ unread }) {
    const icon = new URL(this.#icon.href);
    if (unread > 0) icon.searchParams.set('unread', unread);
    else icon.searchParams.delete('unread');
    if (icon.href !== this.#icon.href) this.#icon.href = icon;
    navigator.setAppBadge?.(unread).catch(() => undefined);
  }

  focusComposer() {
    this.#composer.focus();
  }

  scrollToBottom() {
    this.#log.scrollToBottom();
  }

  #openMessageMenu(dispatch, confirm, button, place) {
    whenLoaded(import('./message-menu.js'), ({ MessageMenu }) => {
      this.#messageMenu ??= new MessageMenu(dispatch, confirm);
      this.#messageMenu.render(this.#shown);
      this.#messageMenu.open(button, place);
    });
  }

  #openBellMenu(dispatch) {
    whenLoaded(import('./bell-menu.js'), ({ BellMenu }) => {
      this.#bellMenu ??= new BellMenu(dispatch);
      this.#bellMenu.render(this.#shown);
    });
  }

  #renderBell({ bell }) {
    byId('bell').dataset.bell = bell;
    byId('bell').ariaLabel = byId('bell').title = bellWords(bell);
  }

  #renderConnection(state) {
    const { shown, aloud } = connectionWords(state);
    const status = byId('status');
    this.#page.dataset.connection = state.status;
    byId('connection').textContent = shown;
    if (status.textContent !== aloud) status.textContent = aloud;
  }

  #renderBanner(banner) {
    // It may offer that itself.
    for (const button of this.#leave) button.hidden = banner?.press === 'home';
    this.#banner.hidden = banner === null;
    if (banner === null) return;
    this.#banner.querySelector('p').textContent = banner.words;
    this.#banner.querySelector('button').textContent = banner.label;
  }
}

// A direct chat says for as long as it is so that the other is away; a room, only until something was said.
const isAlone = ({ epoch, roster, partner, lines }) =>
  epoch !== null && roster.length <= 1 && (partner !== null || !hasMessage(lines));

const hasMessage = ({ chunks }) => chunks.some((lines) => lines.some(({ type }) => type === 'message'));

const whenLoaded = (module, use) =>
  module.then(use, () => toast(translate('page.needsConnection')));
