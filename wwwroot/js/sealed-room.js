// Between the connection and the fold of a sealed room: what comes is opened, what goes is sealed, each in its order.
import { translate } from './language.js';
import { checkOf, contexts, open, seal, signsOf, textKey } from './sealing.js';

export class SealedRoom {
  #key;
  #textKeys = new Map();      // by the epoch
  #seqs = new Map();          // of messages, by what they are bound to: none is shown twice
  #place = null;              // where I am: { room, epoch, who }
  #incoming = Promise.resolve();
  #outgoing = Promise.resolve();

  constructor(room, key) {
    this.#key = key;
    this.#place = { room };
  }

  // As those of the connection.
  handlers({ received, answered, ...others }) {
    const inOrder = (handle) => (...args) => {
      // A mistake in one does not keep the next from being handled.
      this.#incoming = this.#incoming.then(() => handle(...args)).catch((error) => reportError(error));
    };
    return Object.fromEntries(Object.entries({
      ...others,
      received: async (events, epoch) => received(await this.#openAll(events, epoch), epoch),
      answered: async (call, answer) => answered(call, await this.#openAnswer(call, answer)),
    }).map(([name, handle]) => [name, inOrder(handle)]));
  }

  signs() {
    return signsOf(this.#key, this.#place.room);
  }

  // The call as it is sent.
  seal(call) {
    const sealed = this.#outgoing.then(() => this.#sealed(call));
    this.#outgoing = sealed.catch(() => undefined);     // its caller is told
    return sealed;
  }

  async #sealed(call) {
    const { method, args } = call;
    const { who, epoch } = this.#place;
    const replaced = async (name, text, context) =>
      ({ ...call, args: { ...args, [name]: await seal(await this.#textKey(epoch), text, context) } });
    switch (method) {
      case 'ReopenRoom': return { ...call, args: { ...args, sealed: true } };
      case 'JoinRoom': return { ...call, args: { ...args, check: await checkOf(this.#key, this.#place.room) } };
      case 'SendMessage': return replaced('text', args.text, contexts.message({ who, ...args }));
      case 'EditMessage': return replaced('text', args.text, contexts.edited({ who, of: args.seq }));
      case 'NameRoom': return args.title ? replaced('title', args.title, contexts.titled()) : call;
      default: return call;
    }
  }

  async #openAnswer({ method }, answer) {
    if (method !== 'JoinRoom' || answer.refused) return answer;
    // A server that forgets that the room is sealed is not believed.
    if (!answer.sealed) return { refused: 'key-wrong' };
    this.#place = { room: this.#place.room, epoch: answer.epoch, who: answer.who };
    return { ...answer, ...(answer.title && { title: await this.#openTitle(answer.title, answer.epoch) }) };
  }

  async #openAll(events, epoch) {
    const opened = [];
    for (const event of events) opened.push(await this.#openEvent(event, epoch));
    return opened;
  }

  async #openEvent(event, epoch) {
    switch (event.type) {
      case 'message': return this.#openText(event, epoch, event.editedAt
        ? contexts.edited({ who: event.who, of: event.seq })
        : contexts.message(event));
      case 'edited': return this.#openText(event, epoch, contexts.edited(event));
      case 'titled': return event.text ? { ...event, text: await this.#openTitle(event.text, epoch) } : event;
      default: return event;
    }
  }

  async #openText(event, epoch, context) {
    const text = this.#isReplayed(event, epoch) ? null : await open(await this.#textKey(epoch), event.text, context);
    return text === null ? { ...event, text: '', unopened: true } : { ...event, text };
  }

  async #openTitle(title, epoch) {
    return await open(await this.#textKey(epoch), title, contexts.titled()) ?? translate('page.unopened');
  }

  #isReplayed({ type, seq, who, id }, epoch) {
    if (type !== 'message') return false;
    const bound = `${epoch} ${who} ${id}`;
    if (!this.#seqs.has(bound)) this.#seqs.set(bound, seq);
    return this.#seqs.get(bound) !== seq;
  }

  #textKey(epoch) {
    if (!this.#textKeys.has(epoch)) this.#textKeys.set(epoch, textKey(this.#key, this.#place.room, epoch));
    return this.#textKeys.get(epoch);
  }
}
