// A connection to the hub: SignalR's JSON protocol over a WebSocket. SignalR's own client is ten times as large, mostly
// for transports, formats and streams that are not used here.

const SEPARATOR = '\x1e';
const INVOCATION = 1;
const COMPLETION = 3;
const PING = 6;
const CLOSE = 7;
const PING_AFTER = 15_000;      // the server pings as often, and gives up a client that is silent for two minutes
const SILENT_AFTER = 30_000;
const LOOK_EVERY = 5_000;

export class Hub {
  #socket;
  #targets;
  #calls = new Map();     // by their ids, until they are answered
  #lastId = 0;
  #isOpen = false;
  #sentAt = 0;
  #receivedAt = Date.now();
  #silenceTimer;
  #opened;
  #closed;

  // opened(), closed() once at the end, and one function for each method that the server invokes.
  constructor(path, { opened, closed, ...targets }) {
    this.#opened = opened;
    this.#closed = closed;
    this.#targets = targets;
    this.#socket = new WebSocket(new URL(path, location.href.replace(/^http/, 'ws')));
    this.#socket.onopen = () => this.#send({ protocol: 'json', version: 1 });
    this.#socket.onmessage = ({ data }) => this.#receive(data);
    this.#socket.onclose = () => this.close();
    this.#silenceTimer = setInterval(() => this.#isSilent() && this.close(), LOOK_EVERY);
  }

  // Resolves to the answer; rejects with an error of the server, or when the connection closes first.
  invoke(target, ...args) {
    return new Promise((resolve, reject) => {
      if (!this.#isOpen) return reject(new Error('Not connected'));
      const invocationId = String(++this.#lastId);
      this.#calls.set(invocationId, { resolve, reject });
      this.#send({ type: INVOCATION, invocationId, target, arguments: args });
    });
  }

  // Without an answer.
  send(target, ...args) {
    if (this.#isOpen) this.#send({ type: INVOCATION, target, arguments: args });
  }

  close() {
    if (this.#closed === null) return;
    const closed = this.#closed;
    this.#closed = null;
    this.#isOpen = false;
    clearInterval(this.#silenceTimer);
    this.#socket.onmessage = null;
    this.#socket.close();
    for (const { reject } of this.#calls.values()) reject(new Error('The connection was closed'));
    closed();
  }

  #isSilent() {
    return Date.now() - this.#receivedAt > SILENT_AFTER;
  }

  #send(record) {
    this.#sentAt = Date.now();
    this.#socket.send(JSON.stringify(record) + SEPARATOR);
  }

  #receive(data) {
    this.#receivedAt = Date.now();
    for (const record of data.split(SEPARATOR).slice(0, -1)) {
      if (this.#closed) this.#handle(JSON.parse(record));
    }
    // Answers the server's pings: timers of hidden pages are rare.
    if (this.#isOpen && Date.now() - this.#sentAt > PING_AFTER) this.#send({ type: PING });
  }

  #handle({ type, target, arguments: args, invocationId, result, error }) {
    switch (type) {
      case undefined: return error === undefined ? this.#open() : this.close();     // the answer to the handshake
      case INVOCATION: return this.#targets[target]?.(...args);
      case COMPLETION: return this.#complete(invocationId, result, error);
      case CLOSE: return this.close();
      default: return undefined;
    }
  }

  #open() {
    this.#isOpen = true;
    this.#opened();
  }

  #complete(invocationId, result, error) {
    const call = this.#calls.get(invocationId);
    this.#calls.delete(invocationId);
    if (error === undefined) call?.resolve(result);
    else call?.reject(new Error(error));
  }
}
