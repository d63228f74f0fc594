// What labels, verdicts and times are called.

const EVENTS = {
  smoke_alarm: 'Smoke alarm',
  co_alarm: 'Carbon monoxide alarm',
  glass_break: 'Breaking glass',
  footsteps: 'Footsteps',
  door_close: 'Door closing',
  door_knock: 'Knock at the door',
  baby_cry: 'Crying baby',
  dog_bark: 'Barking dog',
  siren: 'Siren',
};

export const EVENT_LABELS = Object.keys(EVENTS);
export const VERDICTS = ['confirmed', 'unsure', 'unverified', 'rejected'];
export const MODES = ['disarmed', 'home', 'away', 'night'];

export function eventName(label) {
  return EVENTS[label] ?? plain(label);
}

export function eventIcon(label) {
  return EVENTS[label] ? label : 'sound';
}

/** A label as words: "washing_machine" is "Washing machine". */
export function plain(label) {
  const words = label.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function verdictName(verdict) {
  return { confirmed: 'Confirmed', rejected: 'Probably not', unsure: 'Unsure', unverified: 'Not verified' }[verdict] ?? plain(verdict);
}

/** What is known of an event in a word, with a colour and a sign. */
export function standing(event) {
  if (event.answer) {
    return {
      was_it: ['You confirmed it', 'good', 'check'],
      was_not_it: ['Not it', '', 'cross'],
      something_else: [event.answer.label ? plain(event.answer.label) : 'Something else', '', 'cross'],
    }[event.answer.answer];
  }
  if (event.judgement) {
    const colour = { confirmed: event.lifeSafety ? 'alarm' : 'good', rejected: '', unsure: 'warn', unverified: 'warn' }[event.judgement.verdict];
    const sign = { confirmed: 'check', rejected: 'cross', unsure: 'question', unverified: 'clock' }[event.judgement.verdict];
    return [verdictName(event.judgement.verdict), colour, sign];
  }
  if (event.verification === 'not_expected' || event.verification === 'gave_up') {
    return ['Not verified', 'warn', 'clock'];
  }
  return ['Being checked', '', 'clock'];
}

const SILENT_MILLIS = 15 * 60 * 1000;

/** Whether it still sounds: devices say so from time to time, so long silence means it is over. */
export function goesOn(event) {
  return event.ongoing && Date.now() - new Date(event.at) < SILENT_MILLIS;
}

const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const EXACT = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

export const clock = (moment) => TIME.format(new Date(moment));
export const exactClock = (moment) => EXACT.format(new Date(moment));
export const full = (moment) => FULL.format(new Date(moment));

export function dayKey(moment) {
  const date = new Date(moment);
  const two = (number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export function dayName(moment) {
  const key = dayKey(moment);
  const now = new Date();
  if (key === dayKey(now)) {
    return 'Today';
  }
  now.setDate(now.getDate() - 1);
  return key === dayKey(now) ? 'Yesterday' : DAY.format(new Date(moment));
}

export function ago(moment) {
  const seconds = Math.max(0, (Date.now() - new Date(moment)) / 1000);
  if (seconds < 45) {
    return 'just now';
  }
  if (seconds < 90) {
    return 'a minute ago';
  }
  if (seconds < 3600) {
    return `${Math.round(seconds / 60)} minutes ago`;
  }
  if (seconds < 5400) {
    return 'an hour ago';
  }
  return seconds < 86400 ? `${Math.round(seconds / 3600)} hours ago` : dayName(moment).toLowerCase();
}

export function lasting(seconds) {
  if (seconds < 60) {
    return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  }
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : seconds < 172800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86400)} days`;
}

export const percent = (share) => `${share > 0.995 && share < 1 ? '> 99' : Math.round(100 * share)} %`;

export function minutes(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}

export function size(bytes) {
  return bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
