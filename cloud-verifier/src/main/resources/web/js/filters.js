import { field, h, icon } from './dom.js';
import { EVENT_LABELS, VERDICTS, dayKey, eventName, verdictName } from './words.js';

const NAMES = ['event', 'device', 'site', 'verdict', 'day'];

/** Which events are wanted; kept in the address, so that it can be shared and gone back to. */
export class Filters extends EventTarget {
  constructor(sites) {
    super();
    this.sites = sites;
    const asked = new URLSearchParams(location.search);
    this.values = Object.fromEntries(NAMES.map((name) => [name, asked.get(name) ?? '']));
    this.devices = new Set(this.values.device ? [this.values.device] : []);
    this.#build();
  }

  get active() {
    return NAMES.some((name) => this.values[name]);
  }

  #build() {
    this.controls = {
      event: this.#choice('event', 'All sounds', EVENT_LABELS.map((label) => [label, eventName(label)])),
      device: this.#choice('device', 'All devices', [...this.devices].map((name) => [name, name])),
      site: this.#choice('site', 'All homes', this.sites.map((site) => [site, site])),
      verdict: this.#choice('verdict', 'Any', VERDICTS.map((verdict) => [verdict, verdictName(verdict)])),
      day: h('input', { type: 'date', value: this.values.day, max: dayKey(new Date()), on: { change: () => this.#changed() } }),
    };
    this.reset = h('button', { type: 'button', class: 'button', text: 'Show all', hidden: !this.active, on: { click: () => this.clear() } });
    const wide = matchMedia('(min-width: 52.01rem)').matches;
    this.element = h(
      'details',
      { class: 'filters', open: wide || this.active },
      h('summary', {}, icon('filter'), 'Filter'),
      h(
        'form',
        { class: 'form', 'aria-label': 'Filter', on: { submit: (event) => event.preventDefault() } },
        field('Sound', this.controls.event),
        field('Device', this.controls.device),
        this.sites.length > 1 ? field('Home', this.controls.site) : null,
        field('Verdict', this.controls.verdict),
        field('Day', this.controls.day),
        this.reset,
      ),
    );
  }

  #choice(name, all, options) {
    const select = h('select', { on: { change: () => this.#changed() } }, h('option', { value: '', text: all }), ...options.map(([value, text]) => h('option', { value, text })));
    if (this.values[name] && ![...select.options].some((option) => option.value === this.values[name])) {
      select.append(h('option', { value: this.values[name], text: eventName(this.values[name]) }));
    }
    select.value = this.values[name];
    return select;
  }

  /** Offers devices that have been seen. */
  know(events) {
    for (const event of events) {
      if (!this.devices.has(event.device)) {
        this.devices.add(event.device);
        this.controls.device.append(h('option', { value: event.device, text: event.device }));
      }
    }
  }

  clear() {
    for (const control of Object.values(this.controls)) {
      control.value = '';
    }
    this.#changed();
  }

  #changed() {
    for (const name of NAMES) {
      this.values[name] = this.controls[name].value;
    }
    this.reset.hidden = !this.active;
    const query = new URLSearchParams(Object.entries(this.values).filter(([, value]) => value)).toString();
    history.replaceState(null, '', query ? `/?${query}` : '/');
    this.dispatchEvent(new Event('change'));
  }

  /** The query of the API. */
  query(before) {
    const query = new URLSearchParams({ limit: 50 });
    for (const name of ['event', 'device', 'site', 'verdict']) {
      if (this.values[name]) {
        query.append(name, this.values[name]);
      }
    }
    const bounds = this.#bounds();
    if (bounds) {
      query.append('from', bounds[0].toISOString());
      query.append('until', bounds[1].toISOString());
    }
    if (before) {
      query.append('before', before);
    }
    return query.toString();
  }

  #bounds() {
    const day = new Date(`${this.values.day}T00:00:00`);
    if (!this.values.day || Number.isNaN(day.getTime())) {
      return null;
    }
    const next = new Date(day);
    next.setDate(next.getDate() + 1);
    return [day, next];
  }

  /** Whether a new event belongs into the list. */
  wants(event) {
    const { values } = this;
    return (
      (!values.event || values.event === event.event) &&
      (!values.device || values.device === event.device) &&
      (!values.site || values.site === event.site) &&
      (!values.verdict || values.verdict === event.judgement?.verdict) &&
      (!values.day || values.day === dayKey(event.onset))
    );
  }
}
