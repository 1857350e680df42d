// The forms to join a room by its code and to create one: they keep the name in the tab, and group a typed code.
import { byId } from './dom.js';
import { lastName, rememberName, seatIn } from './memory.js';
import { keyIn, pathOf, withKey } from './paths.js';
import { canSeal, newKey } from './sealing.js';
import { codeIn, grouped, isLink } from './typed-code.js';

export function prepareForms() {
  const name = byId('name');      // people who are signed in are not asked
  const code = byId('code');
  const joinForm = byId('join-form');
  const createForm = byId('create-form');
  const sealed = byId('sealed');
  const keepName = () => name?.value.trim() && rememberName(name.value.trim());

  if (name) name.value ||= lastName();
  createForm.addEventListener('submit', keepName);
  if (sealed) offerSealing(createForm, sealed);
  joinForm.addEventListener('submit', (event) => {
    keepName();
    const room = codeIn(code.value);
    if (room) code.value = grouped(room);
    // A seat is let into a room that is locked for others.
    if (room && seatIn(room)) {
      event.preventDefault();
      location.assign(withKey(pathOf(room), key));
    }
    joinForm.action = withKey(joinForm.action, key);
    if (name) joinForm.elements.Name.value = name.value;
  });

  // Groups the code for reading, K7M 2QX, and finds it in what is pasted.
  let key = keyIn(location.hash);
  code.value = grouped(code.value);
  code.addEventListener('input', ({ inputType }) => {
    const isPasted = inputType === 'insertFromPaste' || isLink(code.value);
    // Of another link it is none, and a code that is typed has none.
    key = isPasted ? keyIn(code.value) : keyIn(location.hash);
    const found = isPasted ? codeIn(code.value) : null;
    if (found || code.selectionEnd === code.value.length) code.value = grouped(found ?? code.value);
  });
}

// The key is in the address that the browser goes on with, which the server does not get to know.
function offerSealing(form, sealed) {
  sealed.disabled = !canSeal();
  byId('sealed-row').hidden = false;
  byId('sealed-needs-https').hidden = canSeal();
  form.addEventListener('submit', () => {
    if (sealed.checked) form.action = withKey(form.action, newKey());
  });
}

// Two halves, as the server writes it.
export function writeCode(element, room) {
  const end = document.createElement('span');
  end.textContent = room.slice(3);
  element.replaceChildren(room.slice(0, 3), end);
}
