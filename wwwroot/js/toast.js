// Short notices beside the conversation, one at a time. What was done can perhaps be undone there.
import { byId, say } from './dom.js';
import { splitAtNames } from './language.js';

const SHOWN_FOR = 4_000, SHOWN_WITH_ACT_FOR = 10_000;

const box = byId('toast');
const act = box.querySelector('.act');
let timer, press;

box.querySelector('.dismiss').addEventListener('click', hide);
act.addEventListener('click', () => {
  const pressed = press;
  hide();
  pressed?.();
});

export function toast(words, offered = null) {
  clearTimeout(timer);
  say(box.querySelector('p'), splitAtNames(words));
  act.textContent = offered?.label ?? '';
  act.hidden = offered === null;
  press = offered?.press;
  box.classList.add('shown');
  timer = setTimeout(hideUnlessInUse, offered ? SHOWN_WITH_ACT_FOR : SHOWN_FOR);
}

// Whoever points at it or has moved to it with the keyboard is about to press something there.
function hideUnlessInUse() {
  if (box.matches(':hover, :focus-within')) timer = setTimeout(hideUnlessInUse, SHOWN_FOR);
  else hide();
}

function hide() {
  clearTimeout(timer);
  box.classList.remove('shown');
  box.querySelector('p').textContent = '';
  act.hidden = true;
}
