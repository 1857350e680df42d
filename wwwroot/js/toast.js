// Short notices beside the conversation, one at a time.
import { byId } from './dom.js';

const SHOWN_FOR = 4_000;

const box = byId('toast');
let timer;

box.querySelector('button').addEventListener('click', hide);

export function toast(words) {
  clearTimeout(timer);
  box.querySelector('p').textContent = words;
  box.classList.add('shown');
  timer = setTimeout(hide, SHOWN_FOR);
}

function hide() {
  clearTimeout(timer);
  box.classList.remove('shown');
  box.querySelector('p').textContent = '';
}
