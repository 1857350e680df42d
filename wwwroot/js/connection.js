// Keeps a connection to the hub for as long as it is wanted.
import { Hub } from './hub.js';
import { base } from './paths.js';

const GIVE_UP_AFTER = 10_000;     // an attempt that is not kept by then counts as lost
const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;

export class Connection {
  #handlers;
  #hub = null;
  #wanted = false;
  #failures = 0;
  #notBefore = 0;
  #retryTimer = null;
  #attemptTimer = null;

  // handlers: connecting(), connected(), lost(), received(events, epoch), typing(name), seen(places),
  // closed(notice), answered(call, answer), failed(call). An abandoned connection calls none of them.
  constructor(handlers) {
    this.#handlers = handlers;
    addEventListener('online', () => this.#retryNow());
    addEventListener('pageshow', () => this.#retryNow());
    document.addEventListener('visibilitychange', () => document.hidden || this.#retryNow());
    // An open WebSocket stays "open" and silent when the network goes.
    addEventListener('offline', () => this.#lose(this.#hub));
  }

  start() {
    this.#wanted = true;
    this.#failures = 0;
    this.#notBefore = 0;
    this.#connect();
  }

  // The room was joined, so this attempt succeeded.
  keep() {
    clearTimeout(this.#attemptTimer);
    this.#failures = 0;
  }

  retryAfter(milliseconds) {
    this.#notBefore = Date.now() + milliseconds * (1 + Math.random() / 4);
    this.#lose(this.#hub);
  }

  stop() {
    this.#wanted = false;
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#attemptTimer);
    const hub = this.#hub;
    this.#hub = null;
    hub?.close();
  }

  // sent: the call as it is sent, or a promise of it.
  call(call, sent = call) {
    const hub = this.#hub;
    const invoke = ({ method, args }) => hub.invoke(method, ...(args ? [args] : []));
    if (hub) (sent === call ? invoke(call) : sent.then(invoke)).then(
      (answer) => hub === this.#hub && this.#handlers.answered(call, answer),
      () => hub === this.#hub && this.#handlers.failed(call),
    );
  }

  // Does not wait for an answer, since the page is being closed.
  send(method) {
    this.#hub?.send(method);
  }

  #connect() {
    if (!this.#wanted || this.#hub) return;
    clearTimeout(this.#retryTimer);
    this.#handlers.connecting();
    const { connected, received, typing, seen, closed } = this.#handlers;
    const hub = new Hub(`${base}/hub`, {
      opened: connected,
      closed: () => this.#lose(hub),
      Receive: received,
      Typing: typing,
      Seen: seen,
      Closed: closed,
    });
    this.#hub = hub;
    this.#attemptTimer = setTimeout(() => this.#lose(hub), GIVE_UP_AFTER);
  }

  #lose(hub) {
    if (!hub || hub !== this.#hub) return;
    this.#hub = null;
    clearTimeout(this.#attemptTimer);
    hub.close();
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#failures++) * (0.5 + Math.random() / 2);
    const retryAt = Math.max(Date.now() + wait, this.#notBefore);
    this.#retryTimer = setTimeout(() => this.#connect(), retryAt - Date.now());
    this.#handlers.lost();
  }

  // Retries at once, for example when the network is back, unless the server asked to wait.
  #retryNow() {
    if (!this.#hub && Date.now() >= this.#notBefore) this.#connect();
  }
}
