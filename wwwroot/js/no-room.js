// The page for a code without a room. Forgets the code, which may be corrected.
import { prepareForms } from './entering.js';
import { forgetRoom, forgetSeat } from './memory.js';

const room = location.pathname.split('/').at(-1);
forgetRoom(room);
forgetSeat(room);
prepareForms();
