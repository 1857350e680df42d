// The part of the fold that acts on the room: what mostly its owner alone can do, and whom I do not want to hear.
import { call } from './joining.js';

const ACTS = [
  'LockRoom', 'SetPassphrase', 'NameRoom', 'EndRoom', 'RemoveMember', 'PassOwnership', 'CloseRoom',
  'RemoveMessage', 'React',
];

export const isOwner = ({ terms, who }) => terms.owner !== null && terms.owner === who;

export const isAct = ({ method }) => ACTS.includes(method);

export const owningSteps = {
  // The owner has confirmed it, or it can be undone.
  acted: (state, { method, args }) => [
    state, state.inRoom ? call(method, args) : { type: 'toast', words: 'Not connected: try again in a moment' },
  ],

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
      const words = args.locked ? 'Locked: nobody new can come in' : 'Unlocked: the code lets people in again';
      return [state, { type: 'toast', words, act: lock(!args.locked, 'Undo') }];
    }
    case 'RemoveMember': {
      const words = `${state.names[args.who] ?? 'That member'} is out`;
      const act = state.terms.locked ? null : lock(true, 'Lock the room');
      return [state, { type: 'toast', words, act }];
    }
    default: return [state];
  }
}

const lock = (locked, label) => ({ label, method: 'LockRoom', args: { locked } });
