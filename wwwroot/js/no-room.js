// The page for a code without a room. Forgets the code.
import { byId } from './dom.js';
import { forgetRoom, forgetSeat, lastName } from './memory.js';

const room = location.pathname.split('/').at(-1);
forgetRoom(room);
forgetSeat(room);
byId('create-form').elements.Name.value = lastName();
