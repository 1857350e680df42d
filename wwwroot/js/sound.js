// Two short sounds, made here: a file would have to be fetched when it is wanted.

const SOUNDS = {
  knock: [{ at: 0, frequency: 180, lasts: 0.09 }, { at: 0.13, frequency: 150, lasts: 0.11 }],
  chime: [{ at: 0, frequency: 880, lasts: 0.35 }, { at: 0.12, frequency: 1_320, lasts: 0.45 }],
};

let audio = null;

export function play(name) {
  if (!SOUNDS[name] || !globalThis.AudioContext) return;
  audio ??= new AudioContext();
  audio.resume().catch(() => undefined);      // not before somebody has pressed something on the page
  for (const { at, frequency, lasts } of SOUNDS[name]) tone(audio.currentTime + at, frequency, lasts);
}

function tone(start, frequency, lasts) {
  const volume = new GainNode(audio, { gain: 0 });
  volume.connect(audio.destination);
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(0.2, start + 0.01);
  volume.gain.exponentialRampToValueAtTime(0.001, start + lasts);
  const oscillator = new OscillatorNode(audio, { frequency });
  oscillator.connect(volume);
  oscillator.start(start);
  oscillator.stop(start + lasts);
}
