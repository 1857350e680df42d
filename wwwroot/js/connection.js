// Keeps a connection to the hub for as long as it is wanted. The only file that knows SignalR.

const GIVE_UP_AFTER = 10_000;     // a start or a join that takes longer is a lost connection
const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;
const AFTER_STOPPING = 2_000;

export class Connection {
  #handlers;
  #hub = null;
  #wanted = false;
  #failures = 0;
  #notBefore = 0;
  #timer = null;

  // handlers: connecting(); connected() joins and may be async; lost(); receive(events, epoch); typing(name); closed(notice)
  constructor(handlers) {
    this.#handlers = handlers;
    addEventListener('online', () => this.#hurry());
    addEventListener('pageshow', () => this.#hurry());
    document.addEventListener('visibilitychange', () => document.hidden || this.#hurry());
    // An open WebSocket stays "open" and silent when the network goes.
    addEventListener('offline', () => this.#lose(this.#hub));
  }

  start() {
    this.#wanted = true;
    this.#failures = 0;
    this.#notBefore = 0;
    this.#connect();
  }

  stop() {
    this.#wanted = false;
    clearTimeout(this.#timer);
    const hub = this.#hub;
    this.#hub = null;
    return hub?.stop();
  }

  // The next try comes no sooner.
  holdOff(milliseconds) {
    this.#notBefore = Date.now() + milliseconds * (1 + Math.random() / 4);
  }

  // Fails where there is no connection, or none any more.
  call(method, ...args) {
    return this.#hub ? this.#hub.invoke(method, ...args) : Promise.reject(new Error('not connected'));
  }

  // Without waiting for an answer: for a page that is going.
  tell(method) {
    this.#hub?.send(method).catch(() => undefined);
  }

  async #connect() {
    if (!this.#wanted || this.#hub) return;
    clearTimeout(this.#timer);
    this.#handlers.connecting();
    const { HubConnectionBuilder, LogLevel } = globalThis.signalR;
    const hub = new HubConnectionBuilder().withUrl('/hub').configureLogging(LogLevel.None).build();
    this.#hub = hub;
    hub.on('Receive', (events, epoch) => hub === this.#hub && this.#handlers.receive(events, epoch));
    hub.on('Typing', (name) => hub === this.#hub && this.#handlers.typing(name));
    hub.on('Closed', (notice) => hub === this.#hub && this.#close(notice));
    hub.onclose(() => this.#lose(hub));
    try {
      await within(GIVE_UP_AFTER, hub.start().then(() => hub === this.#hub && this.#handlers.connected()));
      if (hub === this.#hub) this.#failures = 0;
    } catch {
      this.#lose(hub);
    }
  }

  #lose(hub) {
    if (!hub || hub !== this.#hub) return;
    this.#hub = null;
    hub.stop();
    if (!this.#wanted) return;
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#failures++) * (0.5 + Math.random() / 2);
    const retryAt = Math.max(Date.now() + wait, this.#notBefore);
    this.#timer = setTimeout(() => this.#connect(), retryAt - Date.now());
    this.#handlers.lost();
  }

  #close(notice) {
    if (notice.returnAfterMs === undefined) this.stop();
    else this.holdOff(Math.max(notice.returnAfterMs, notice.reason === 'stopping' ? AFTER_STOPPING : 0));
    this.#handlers.closed(notice);
  }

  // Something changed for the better: no need to wait longer, where the server did not ask for it.
  #hurry() {
    if (!this.#hub && Date.now() >= this.#notBefore) this.#connect();
  }
}

function within(milliseconds, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('too late')), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
