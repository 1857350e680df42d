// What happens beside the conversation, one thing at a time.
const SHOWN_FOR = 4_000;

const box = document.getElementById('toast');
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
