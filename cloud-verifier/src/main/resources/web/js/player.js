import { announce, button, h, setIcon } from './dom.js';
import { fileUrl } from './api.js';
import { eventName, lasting, minutes } from './words.js';

let playing = null; // one sound at a time: { audio, stopped }

function take(audio, stopped) {
  if (playing && playing.audio !== audio) {
    playing.audio.pause();
    playing.stopped();
  }
  playing = { audio, stopped };
}

/** Stops whatever sounds, when its view is left. */
export function silence() {
  playing?.audio.pause();
  playing = null;
}

async function start(audio) {
  try {
    await audio.play();
  } catch (error) {
    if (error.name !== 'AbortError') {
      announce('The clip cannot be played.', true);
    }
  }
}

/** A button that plays an event's clip where it stands. */
export function playButton(event, { text = null, large = false } = {}) {
  const audio = new Audio();
  audio.preload = 'none';
  const label = () => (audio.paused ? `Play the clip of ${eventName(event.event)}` : 'Pause');
  const made = button(
    text,
    'play',
    { class: `play ${large ? 'strong large' : 'round'}`, 'aria-label': text ? false : label() },
    () => {
      if (!audio.src) {
        audio.src = fileUrl(event, 'clip.wav');
      }
      if (audio.paused) {
        take(audio, update);
        start(audio);
      } else {
        audio.pause();
      }
    },
  );
  function update() {
    setIcon(made.querySelector('svg'), audio.paused ? 'play' : 'pause');
    if (text) {
      made.querySelector('span').textContent = audio.paused ? text : 'Pause';
    } else {
      made.setAttribute('aria-label', label());
    }
  }
  for (const name of ['play', 'pause', 'ended']) {
    audio.addEventListener(name, update);
  }
  return made;
}

/** The clip with its picture: what was heard is marked; click, slider and keys seek. */
export function player(event) {
  const { clip } = event;
  const audio = h('audio', { src: fileUrl(event, 'clip.wav'), preload: 'metadata' });
  const slider = h('input', { type: 'range', min: 0, max: clip.seconds, step: 0.1, value: 0, 'aria-label': 'Position in the clip' });
  const time = h('output', { text: `0:00 / ${minutes(clip.seconds)}` });
  const toggle = button(null, 'play', { class: 'strong round', 'aria-label': 'Play' }, () => {
    if (audio.paused) {
      take(audio, update);
      start(audio);
    } else {
      audio.pause();
    }
  });
  const now = h('div', { class: 'now' });
  const heard = h('div', { class: 'heard' }, h('span', { text: eventName(event.event) }));
  const image = h('img', {
    src: fileUrl(event, 'spectrogram.png'),
    alt: `Spectrogram of the clip. ${eventName(event.event)} was heard from ${lasting(clip.detectedFromSeconds)} to ${lasting(clip.detectedUntilSeconds)}.`,
  });
  const picture = h('div', { class: 'picture', on: { click: seekTo } }, image, heard, now, ...marks(clip.frequencyMarks));
  heard.style.left = share(clip.detectedFromSeconds);
  heard.style.width = share(clip.detectedUntilSeconds - clip.detectedFromSeconds);

  function share(seconds) {
    return `${(100 * seconds) / clip.seconds}%`;
  }

  function seekTo(click) {
    const box = picture.getBoundingClientRect();
    audio.currentTime = Math.max(0, Math.min(1, (click.clientX - box.left) / box.width)) * clip.seconds;
  }

  function update() {
    setIcon(toggle.querySelector('svg'), audio.paused ? 'play' : 'pause');
    toggle.setAttribute('aria-label', audio.paused ? 'Play' : 'Pause');
    const at = Math.min(audio.currentTime, clip.seconds);
    slider.value = at;
    slider.setAttribute('aria-valuetext', `${at.toFixed(1)} of ${clip.seconds.toFixed(1)} seconds`);
    time.textContent = `${minutes(at)} / ${minutes(clip.seconds)}`;
    now.style.left = share(at);
  }

  function follow() {
    update();
    if (!audio.paused) {
      requestAnimationFrame(follow);
    }
  }

  slider.addEventListener('input', () => {
    audio.currentTime = slider.value;
  });
  audio.addEventListener('play', follow);
  for (const name of ['pause', 'ended', 'seeked', 'loadedmetadata']) {
    audio.addEventListener(name, update);
  }
  update();
  const ends = [0, 0.25, 0.5, 0.75, 1].map((part) => h('span', { text: `${(part * clip.seconds).toFixed(part === 0 ? 0 : 1)} s` }));
  return h('div', {}, picture, h('div', { class: 'seconds', 'aria-hidden': 'true' }, ends), h('div', { class: 'transport' }, toggle, slider, time), audio);
}

function marks(frequencies) {
  return frequencies.map(({ hz, share }) => {
    const mark = h('span', { class: 'hz', 'aria-hidden': 'true', text: hz < 1000 ? `${hz} Hz` : `${hz / 1000} kHz` });
    mark.style.bottom = `${100 * share}%`;
    return mark;
  });
}
