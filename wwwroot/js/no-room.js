// The page for a code without a room: it is not offered again, and a new room is one press away.
import { forgetRoom, forgetSeat, lastName } from './memory.js';

const room = location.pathname.split('/').at(-1);
forgetRoom(room);
forgetSeat(room);
document.getElementById('create-form').elements.Name.value = lastName();
