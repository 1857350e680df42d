// The part of the fold that acts on the room: what mostly its owner alone can do, and whom I do not want to hear.
import { call } from './joining.js';
import { translate } from './language.js';

const ACTS = [
  'LockRoom', 'SetPassphrase', 'NameRoom', 'EndRoom', 'RemoveMember', 'PassOwnership', 'CloseRoom',
  'RemoveMessage', 'React',
];

export const isOwner = ({ terms, who }) => terms.owner !== null && terms.owner === who;

export const isAct = ({ method }) => ACTS.includes(method);

export const owningSteps = {
  // The owner has confirmed it, or it can be undone.
  acted: (state, { method, args }) => [
    state, state.inRoom ? call(method, args) : { type: 'toast', words: translate('page.offlineAct') },
  ],

  // Whoever was removed still has the key, and must not come back for the invitation.
  movePressed: (state) => (state.inRoom
    ? [state, call('LockRoom', { locked: true }), { type: 'move' }]
    : [state, { type: 'toast', words: translate('page.offlineAct') }]),

  muted(state, { who, on }) {
    const muted = on ? [...state.muted, who] : state.muted.filter((other) => other !== who);
    return [{ ...state, muted }, { type: 'rememberMuted', room: state.room, epoch: state.epoch, muted }];
  },
};

// What others see of it too comes as an event; this is for the owner alone.
export function actAnswered(state, { call: { method, args }, answer }) {
  if (answer.refused) return [state, { type: 'toast', words: answer.message }];
  switch (method) {
    case 'LockRoom': {
      const words = translate(args.locked ? 'page.lockDone' : 'page.unlockDone');
      return [state, { type: 'toast', words, act: lock(!args.locked, translate('page.undo')) }];
    }
    case 'RemoveMember': {
      const name = state.names[args.who];
      const words = name ? translate('page.isOut', { name }) : translate('page.memberIsOut');
      const act = state.sealed ? { label: translate('page.move'), type: 'movePressed' }
        : state.terms.locked ? null
        : lock(true, translate('page.lock'));
      return [state, { type: 'toast', words, act }];
    }
    default: return [state];
  }
}

const lock = (locked, label) => ({ label, method: 'LockRoom', args: { locked } });
