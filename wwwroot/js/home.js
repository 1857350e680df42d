// The home page: the name is the tab's, so it is put aside before a form is sent; rooms of late are offered again.
import { lastName, rememberName, roomsLately } from './memory.js';

const name = document.getElementById('name');
const joinForm = document.getElementById('join-form');
name.value ||= lastName();

document.getElementById('create-form').addEventListener('submit', keepName);
joinForm.addEventListener('submit', () => {
  keepName();
  joinForm.elements.Name.value = name.value;
});

function keepName() {
  if (name.value.trim()) rememberName(name.value.trim());
}

const lately = document.getElementById('lately');
const row = lately.querySelector('template');
for (const room of roomsLately()) {
  const item = row.content.cloneNode(true);
  const link = item.querySelector('a');
  link.textContent = room;
  link.href = `/r/${encodeURIComponent(room)}`;
  lately.querySelector('ul').append(item);
  lately.hidden = false;
}
