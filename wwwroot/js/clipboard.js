// Copies a text, and ticks the button that was pressed for it, if there is one to stay.

const CONFIRMED_FOR = 2_000;

export async function copied(text, button = null) {
  const done = await written(text);
  if (!done || !button) return done;
  button.classList.add('copied');
  setTimeout(() => button.classList.remove('copied'), CONFIRMED_FOR);
  return true;
}

async function written(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return writtenByCommand(text);
  }
}

// Plain HTTP on a local network has no clipboard API, only this.
function writtenByCommand(text) {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'visually-hidden';
  const focused = document.activeElement;
  (document.querySelector('dialog[open]') ?? document.body).append(field);    // all else is inert
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  focused?.focus();
  return done;
}
