import { ApiError, devicePath, send } from './api.js';
import { bar } from './dom.js';

const HEADER_BYTES = 16;
const MAGIC = 0x31304c45; // EL01, little-endian
const RATE_HZ = 16000;
const LEAD_SECONDS = 0.35; // sound that is kept ahead of the ear, against an uneven network

/** Live listening: frames as they come (docs/event-protocol.md), played one after the other. */
export class Listening {
  #abort = new AbortController();
  #context = null;
  #playAt = 0;
  #frames = 0;
  #stopped = false;

  constructor(device, seconds, ended) {
    this.device = device;
    this.seconds = seconds;
    this.ended = ended;
    this.meter = bar(0, 'Level');
  }

  async start() {
    let problem = null;
    try {
      this.#context = new AudioContext({ sampleRate: RATE_HZ });
      const response = await send('POST', `${devicePath(this.device)}/live`, { seconds: this.seconds, consent: true }, this.#abort.signal);
      await this.#read(response.body.getReader());
      if (!this.#frames && !this.#stopped) {
        problem = 'The device did not begin. Live listening may be switched off in its configuration, or it cannot sound its chime.';
      }
    } catch (error) {
      if (error.name !== 'AbortError') {
        problem = error instanceof ApiError ? error.message : 'The connection broke.';
      }
    }
    await this.#context?.close();
    this.ended(problem);
  }

  stop() {
    this.#stopped = true;
    this.#abort.abort();
  }

  async #read(reader) {
    let waiting = new Uint8Array(0);
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      const joined = new Uint8Array(waiting.length + value.length);
      joined.set(waiting);
      joined.set(value, waiting.length);
      waiting = this.#frame(joined);
    }
  }

  /** Plays the whole frames that are there; returns what is left. */
  #frame(bytes) {
    let at = 0;
    while (bytes.length - at >= HEADER_BYTES) {
      const view = new DataView(bytes.buffer, bytes.byteOffset + at);
      const samples = view.getUint32(12, true);
      if (view.getUint32(0, true) !== MAGIC || samples > 8000) {
        throw new ApiError(0, 'The device sends something that is no sound.');
      }
      const length = HEADER_BYTES + 2 * samples;
      if (bytes.length - at < length) {
        break;
      }
      this.#play(view, samples);
      at += length;
    }
    return bytes.slice(at);
  }

  #play(view, samples) {
    const buffer = this.#context.createBuffer(1, samples, RATE_HZ);
    const channel = buffer.getChannelData(0);
    let peak = 0;
    for (let i = 0; i < samples; i++) {
      channel[i] = view.getInt16(HEADER_BYTES + 2 * i, true) / 32768;
      peak = Math.max(peak, Math.abs(channel[i]));
    }
    const source = this.#context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.#context.destination);
    const now = this.#context.currentTime;
    if (this.#playAt < now) {
      this.#playAt = now + LEAD_SECONDS;
    }
    source.start(this.#playAt);
    this.#playAt += buffer.duration;
    this.#frames++;
    this.meter.show(Math.max(0, 1 + Math.log10(Math.max(peak, 1e-4)) / 2.5));
  }
}
