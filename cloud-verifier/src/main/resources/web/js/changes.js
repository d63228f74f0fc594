// What changes, as it happens: one stream that comes back by itself, and goes on where it was.

import { changesUrl, loadSession } from './api.js';

const RETRY_MILLIS = 3000;
const NOTICE_MILLIS = 2500; // a short break is nobody's concern

export class Changes extends EventTarget {
  #source = null;
  #last = '';
  #retry = 0;
  #notice = 0;

  start() {
    this.#close();
    this.#source = new EventSource(changesUrl(this.#last));
    for (const name of ['hello', 'change', 'reset', 'trouble', 'well', 'bye']) {
      this.#source.addEventListener(name, (message) => this.#hear(name, message));
    }
    this.#source.onerror = () => this.#lost();
  }

  stop() {
    this.#close();
    clearTimeout(this.#notice);
    this.#notice = 0;
    this.#last = '';
  }

  #close() {
    clearTimeout(this.#retry);
    this.#source?.close();
    this.#source = null;
  }

  #hear(name, message) {
    this.#last = message.lastEventId || this.#last;
    if (name === 'trouble') {
      this.#state('trouble');
      return;
    }
    this.#state('live');
    if (name === 'bye') {
      this.#close();
    }
    this.dispatchEvent(new CustomEvent(name, { detail: JSON.parse(message.data) }));
  }

  #lost() {
    this.#notice ||= setTimeout(() => this.#state('lost'), NOTICE_MILLIS);
    if (this.#source?.readyState === EventSource.CLOSED) {
      this.#close();
      this.#retry = setTimeout(() => this.#again(), RETRY_MILLIS);
    }
  }

  async #again() {
    try {
      const session = await loadSession();
      if (session.user) {
        this.start();
      } else {
        this.dispatchEvent(new CustomEvent('bye'));
      }
    } catch {
      this.#retry = setTimeout(() => this.#again(), RETRY_MILLIS);
    }
  }

  #state(state) {
    if (state !== 'lost') {
      clearTimeout(this.#notice);
      this.#notice = 0;
    }
    this.dispatchEvent(new CustomEvent('state', { detail: state }));
  }
}
