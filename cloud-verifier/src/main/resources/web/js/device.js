import { devicePath, post } from './api.js';
import { ask } from './dialog.js';
import { announce, button, field, h, icon } from './dom.js';
import { Listening } from './listen.js';
import { MODES, ago, eventIcon, eventName, full, lasting, plain, size } from './words.js';

const PANEL = { arming: 'Arming', pending: 'About to alarm', triggered: 'Alarm' };
const DEFAULT_SENSITIVITY = 50;
const SIREN_SECONDS = 60;
let cards = 0;

/** One device: how it is, and what its owner may tell it. Updated in place. */
export class DeviceCard {
  #listening = null;

  constructor(app, device, curves, reload) {
    this.app = app;
    this.device = device;
    this.curves = new Map(curves.map((curve) => [curve.event, curve]));
    this.reload = reload;
    this.owner = device.role === 'owner';
    this.number = ++cards;
    this.#build();
    this.update(device);
  }

  #build() {
    this.status = h('span', {});
    this.panel = h('span', {});
    this.seen = h('p', { class: 'quiet small' });
    this.problems = h('ul', { class: 'problems', 'aria-label': 'Problems' });
    this.modes = this.#modes();
    this.error = h('p', { class: 'error', role: 'alert', hidden: true });
    this.onair = h('div', {});
    this.siren = button('Sound the siren', 'siren', { class: 'danger' }, () => this.#siren());
    this.listen = button('Listen in', 'live', {}, () => this.#askListen());
    this.sounds = h('div', { class: 'sounds' });
    this.health = h('div', {});
    this.soundsShown = '';
    const title = `device-${this.number}`;
    this.element = h(
      'section',
      { class: 'card device', 'aria-labelledby': title },
      h('div', { class: 'row' }, h('h2', { id: title, text: this.device.device }), this.status, this.panel, h('span', { class: 'push' }), h('span', { class: 'quiet small', text: this.device.site })),
      this.seen,
      this.onair,
      this.problems,
      this.modes.element,
      this.owner ? h('div', { class: 'row' }, this.listen, this.siren) : null,
      this.error,
      h('details', {}, h('summary', {}, 'Sounds and sensitivity'), this.sounds),
      h('details', {}, h('summary', {}, 'Health'), this.health),
    );
  }

  #modes() {
    const inputs = new Map();
    const element = h(
      'fieldset',
      {},
      h('legend', { class: 'unseen', text: `Mode of ${this.device.device}` }),
      h(
        'div',
        { class: 'modes' },
        MODES.map((mode) => {
          const input = h('input', { type: 'radio', name: `mode-${this.number}`, value: mode, disabled: !this.owner, on: { change: () => this.#setMode(mode) } });
          inputs.set(mode, input);
          return h('label', {}, input, icon(mode), plain(mode));
        }),
      ),
    );
    return { element, inputs };
  }

  update(device) {
    this.device = device;
    const colour = device.online === null ? 'warn' : device.online ? 'good' : 'alarm';
    const word = device.online === null ? 'Unknown' : device.online ? 'Online' : 'Offline';
    this.status.replaceChildren(h('span', { class: `badge ${colour}` }, h('span', { class: 'dot' }), word));
    this.panel.replaceChildren(...(PANEL[device.panel] ? [h('span', { class: 'badge alarm', text: PANEL[device.panel] })] : []));
    this.seen.textContent = `Last heard of ${ago(device.seenAt)}${device.version ? `, version ${device.version}` : ''}`;
    this.problems.replaceChildren(...device.problems.map((problem) => h('li', {}, icon('warning'), h('span', {}, h('strong', { text: `${plain(problem.kind)}: ` }), `${problem.source}, ${problem.detail}`))));
    this.problems.hidden = !device.problems.length;
    if (device.mode && !this.waitingMode) {
      const input = this.modes.inputs.get(device.mode);
      if (input && !this.modes.element.contains(document.activeElement)) {
        input.checked = true;
      } else if (input && !input.checked && !this.modes.element.querySelector(':checked')) {
        input.checked = true;
      }
    }
    this.siren.querySelector('span').textContent = device.siren ? 'Stop the siren' : 'Sound the siren';
    this.siren.classList.toggle('strong', device.siren);
    this.#showListening();
    this.#showSounds();
    this.#showHealth();
  }

  async #command(command, done) {
    this.error.hidden = true;
    try {
      await post(`${devicePath(this.device)}/commands`, { v: 1, ...command });
      announce(done);
      return true;
    } catch (error) {
      this.error.textContent = error.message;
      this.error.hidden = false;
      return false;
    }
  }

  async #setMode(mode) {
    this.waitingMode = true;
    const sent = await this.#command({ command: 'set_mode', mode }, `${this.device.device}: ${plain(mode)} was asked for.`);
    setTimeout(() => {
      this.waitingMode = false;
      this.reload();
    }, sent ? 3000 : 0);
    if (!sent && this.device.mode) {
      this.modes.inputs.get(this.device.mode).checked = true;
    }
  }

  async #siren() {
    if (this.device.siren) {
      await this.#command({ command: 'siren', on: false }, 'The siren is to stop.');
      this.reload();
      return;
    }
    const sure = await ask({ title: 'Sound the siren?', text: `${this.device.device} sounds its siren for a minute, or until you stop it. It is loud.`, yes: 'Sound it', danger: true });
    if (sure) {
      await this.#command({ command: 'siren', on: true, seconds: SIREN_SECONDS }, 'The siren is to sound.');
      this.reload();
    }
  }

  async #askListen() {
    const consent = h('input', { type: 'checkbox' });
    const seconds = h('select', {}, [15, 30, 60, 120].map((value) => h('option', { value, text: value < 60 ? `${value} seconds` : `${value / 60} minute${value > 60 ? 's' : ''}`, selected: value === 30 })));
    const form = await ask({
      title: `Listen in at ${this.device.device}?`,
      text: `A chime sounds in the room, and the device shows that ${this.app.user.name} listens. People there may not want to be heard.`,
      yes: 'Listen',
      fields: [field('For', seconds), h('label', { class: 'check' }, consent, 'I may listen there, and those in the room know')],
      check: () => (consent.checked ? null : 'Say first that those in the room know.'),
    });
    if (form) {
      this.error.hidden = true;
      this.#listening = new Listening(this.device, Number(seconds.value), (problem) => this.#ended(problem));
      this.#showListening();
      this.#listening.start();
      announce('Listening.');
    }
  }

  #ended(problem) {
    this.#listening = null;
    if (problem) {
      this.error.textContent = problem;
      this.error.hidden = false;
    }
    this.onair.replaceChildren();
    this.#showListening();
    announce('No longer listening.');
  }

  /** A sign that cannot be overlooked, whoever listens. */
  #showListening() {
    this.listen.disabled = Boolean(this.#listening || this.device.live);
    if (this.#listening) {
      if (!this.onair.querySelector('button')) {
        this.onair.replaceChildren(h('div', { class: 'onair', role: 'status' }, h('span', { class: 'dot' }), 'You are listening in', this.#listening.meter, button('Stop', null, {}, () => this.#listening?.stop())));
      }
    } else if (this.device.live) {
      this.onair.replaceChildren(h('div', { class: 'onair', role: 'status' }, h('span', { class: 'dot' }), `${this.device.live.who} is listening in`));
    } else {
      this.onair.replaceChildren();
    }
  }

  #showSounds() {
    const shown = this.device.events.join();
    if (this.sounds.childElementCount && shown === this.soundsShown) {
      for (const [event, row] of this.rows) {
        row.set(this.device.sensitivities[event] ?? DEFAULT_SENSITIVITY);
      }
      return;
    }
    this.soundsShown = shown;
    this.rows = new Map(this.device.events.map((event) => [event, this.#sensitivity(event)]));
    this.sounds.replaceChildren(
      ...(this.rows.size
        ? [...[...this.rows.values()].map((row) => row.element), h('p', { class: 'quiet small', text: 'False alerts and misses were measured on days much busier than a home’s, with the model that ships; they serve for comparing.' }), this.owner ? this.#selection() : '']
        : [h('p', { class: 'quiet', text: 'The device has not said yet what it can hear.' })]),
    );
  }

  #sensitivity(event) {
    const id = `sensitivity-${this.number}-${event}`;
    const value = h('output', { for: id });
    const note = h('p', { id: `${id}-note` });
    const slider = h('input', { type: 'range', id, min: 0, max: 100, step: 1, disabled: !this.owner, 'aria-describedby': note.id });
    const show = () => {
      const cost = this.#cost(event, Number(slider.value));
      value.textContent = slider.value;
      note.textContent = cost;
      slider.setAttribute('aria-valuetext', `${slider.value}. ${cost}`);
    };
    let touched = false;
    slider.addEventListener('input', () => {
      touched = true;
      show();
    });
    slider.addEventListener('change', async () => {
      await this.#command({ command: 'set_sensitivity', event, value: Number(slider.value) }, `${eventName(event)}: ${slider.value}.`);
      setTimeout(() => {
        touched = false;
      }, 4000);
    });
    const set = (to) => {
      if (!touched) {
        slider.value = to;
        show();
      }
    };
    set(this.device.sensitivities[event] ?? DEFAULT_SENSITIVITY);
    const element = h('div', { class: 'sensitivity' }, h('label', { for: id }, icon(eventIcon(event)), ' ', eventName(event)), value, slider, note);
    return { element, set };
  }

  /** What was measured at a sensitivity; between two points at the more sensitive one. */
  #cost(event, sensitivity) {
    const point = this.curves.get(event)?.points.find((one) => one.sensitivity >= sensitivity);
    if (!point) {
      return 'What this costs was not measured.';
    }
    const rate = point.falseAlertsPerDay;
    const alerts = `${point.atMost ? 'fewer than ' : ''}${rate < 10 ? rate.toFixed(rate < 1 ? 2 : 1) : Math.round(rate)} false alert${rate === 1 ? '' : 's'} a day`;
    return point.missRate === null ? alerts : `${alerts}, ${Math.round(100 * point.missRate)} % missed`;
  }

  #selection() {
    const mode = h('select', {}, MODES.map((one) => h('option', { value: one, text: plain(one), selected: one === 'away' })));
    const boxes = new Map(this.device.events.map((event) => [event, h('input', { type: 'checkbox', checked: true })]));
    const send = button('Use these sounds', null, {}, () => {
      const events = [...boxes].filter(([, box]) => box.checked).map(([event]) => event);
      this.#command({ command: 'select_events', mode: mode.value, events }, `${plain(mode.value)}: ${events.length} sounds were chosen.`);
    });
    return h(
      'fieldset',
      { class: 'form' },
      h('legend', { text: 'Which sounds count in a mode' }),
      h('p', { class: 'quiet small', text: 'The device does not tell its present choice; what you send replaces it. Sounds that it keeps always on stay on.' }),
      field('Mode', mode),
      h('div', { class: 'boxes' }, [...boxes].map(([event, box]) => h('label', { class: 'check' }, box, eventName(event)))),
      h('div', { class: 'row' }, send),
    );
  }

  #showHealth() {
    const { health } = this.device;
    if (!health) {
      this.health.replaceChildren(h('p', { class: 'quiet', text: 'No numbers yet; a device sends them about once a minute.' }));
      return;
    }
    const rows = [
      ['Told', full(health.at)],
      ['Runs for', lasting(health.uptimeSeconds)],
      ['Memory', size(health.heapBytes)],
      ['Waiting to be sent', `${health.outboxDepth}, ${size(health.outboxBytes)}`],
      ['Clips given up', health.droppedClips],
      ['Set aside', health.setAside],
      ['Alerts since its start', health.alerts],
      ...health.microphones.map((one) => [`Microphone ${one.name}`, one.state === 'ok' ? `${one.rmsDbfs.toFixed(0)} dBFS, ${one.reopens} times opened again` : plain(one.state)]),
    ];
    this.health.replaceChildren(h('dl', { class: 'facts small' }, rows.flatMap(([name, value]) => [h('dt', { text: name }), h('dd', { text: value })])));
  }

  leave() {
    this.#listening?.stop();
  }
}
