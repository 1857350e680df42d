// The menu of the bell, loaded when it is first opened.
import { byId } from './dom.js';
import { bellSettings, rememberBellSettings } from './memory.js';
import { play } from './sound.js';
import { permissionWords } from './words.js';
import { startWorker } from './worker-start.js';

const choices = document.getElementsByName('bell');
const sound = byId('bell-sound');
const words = byId('bell-words');

export class BellMenu {
  constructor(dispatch) {
    const settings = bellSettings();
    sound.value = settings.sound;
    words.checked = settings.words;
    for (const choice of choices) {
      choice.addEventListener('change', () => {
        dispatch({ type: 'bellSet', bell: choice.value });
        if (choice.value !== 'off') this.#ask();
      });
    }
    const remember = () => rememberBellSettings({ sound: sound.value, words: words.checked });
    sound.addEventListener('change', () => {
      remember();
      play(sound.value);
    });
    words.addEventListener('change', remember);
    byId('bell-choices').disabled = false;
  }

  render({ bell }) {
    for (const choice of choices) choice.checked = choice.value === bell;
    this.#renderPermission();
  }

  async #ask() {
    play(sound.value);
    if (globalThis.Notification?.permission === 'default') await Notification.requestPermission();
    if (globalThis.Notification?.permission === 'granted') await startWorker();
    this.#renderPermission();
  }

  #renderPermission() {
    const permission = isSecureContext ? globalThis.Notification?.permission : 'insecure';
    byId('bell-permission').textContent = permissionWords(permission);
    words.disabled = permission !== 'granted';
  }
}
