import { eventPath, get, post } from './api.js';
import { ask } from './dialog.js';
import { announce, button, h, icon, link } from './dom.js';
import { Filters } from './filters.js';
import { playButton, silence } from './player.js';
import { ago, clock, dayKey, dayName, eventIcon, eventName, goesOn, standing } from './words.js';

const FRESH_MILLIS = 24 * 3600 * 1000;
const key = (event) => `${event.site}/${event.id}`;

export function badge([text, colour, sign]) {
  return h('span', { class: `badge ${colour}` }, icon(sign), text);
}

/** The history: the newest alarm, filters, and all events by day. */
export function eventsView(app) {
  const sites = Object.keys(app.user.sites);
  const filters = new Filters(sites);
  const events = new Map(); // what is shown, newest onset first
  const chosen = new Set();
  let next = null;
  let newest = null; // whatever the filter is
  let loads = 0;

  const hero = h('section', { 'aria-label': 'Newest alarm' });
  const list = h('div', { role: 'region', 'aria-label': 'Events' });
  const more = h('div', { class: 'more', hidden: true }, button('Show older ones', null, {}, () => load(true)));
  const several = button('Choose several', null, { class: 'bare', 'aria-pressed': 'false' }, () => chooseSeveral(several.getAttribute('aria-pressed') !== 'true'));
  const bulk = h('div', { class: 'bulk', role: 'region', 'aria-label': 'Chosen events', hidden: true });
  const element = h('div', {}, h('h1', { class: 'unseen', text: 'Events' }), hero, h('div', { class: 'events' }, filters.element, h('div', { class: 'column' }, several, list, more, bulk)));

  async function load(older = false) {
    const turn = ++loads;
    try {
      const answer = await get(`/events?${filters.query(older ? next : null)}`);
      if (turn !== loads) {
        return;
      }
      if (!older) {
        events.clear();
        chosen.clear();
      }
      answer.events.forEach((event) => events.set(key(event), event));
      next = answer.next;
      filters.know(answer.events);
      if (!older && !filters.active) {
        newest = answer.events.find(counts) ?? null;
      }
      show();
    } catch (error) {
      if (turn === loads && error.status !== 401) {
        list.replaceChildren(h('div', { class: 'empty', role: 'alert' }, icon('warning'), h('h2', { text: 'The events cannot be shown' }), h('p', { text: error.message }), button('Try again', null, {}, () => load())));
        more.hidden = true;
      }
    }
  }

  async function loadNewest() {
    if (filters.active) {
      const answer = await get('/events?limit=10').catch(() => null);
      newest = answer?.events.find(counts) ?? null;
      showHero();
    }
  }

  /** What stands large at the top: neither rejected nor answered with no. */
  function counts(event) {
    return event.judgement?.verdict !== 'rejected' && (!event.answer || event.answer.answer === 'was_it');
  }

  function show() {
    showHero();
    const days = Map.groupBy ? Map.groupBy(events.values(), (event) => dayKey(event.onset)) : group(events.values());
    const parts = [];
    for (const [, day] of days) {
      parts.push(h('h2', { class: 'day', text: dayName(day[0].onset) }), h('ul', { class: 'list' }, day.map(line)));
    }
    list.replaceChildren(...(parts.length ? parts : [empty()]));
    more.hidden = !next;
    several.hidden = ![...events.values()].some((event) => app.owns(event.site));
    showBulk();
  }

  function group(all) {
    const days = new Map();
    for (const event of all) {
      const day = dayKey(event.onset);
      days.set(day, [...(days.get(day) ?? []), event]);
    }
    return days;
  }

  function empty() {
    if (filters.active) {
      return h('div', { class: 'empty' }, icon('filter'), h('h2', { text: 'Nothing matches' }), h('p', { text: 'No event is like that. Show all, or choose another day.' }));
    }
    if (!sites.length) {
      return h('div', { class: 'empty' }, icon('home'), h('h2', { text: 'No home to show' }), h('p', { text: app.user.admin ? 'You may see no home yet. Give yourself one under People.' : 'You may see no home yet. Ask whoever manages this server.' }));
    }
    return h('div', { class: 'empty' }, icon('quiet'), h('h2', { text: 'Nothing has been heard' }), h('p', { text: 'When a device hears a sound that you chose, it appears here at once.' }));
  }

  function showHero() {
    const recent = newest && (goesOn(newest) || Date.now() - new Date(newest.onset) < FRESH_MILLIS);
    if (!recent) {
      hero.hidden = true;
      return;
    }
    hero.hidden = false;
    hero.className = `hero still ${newest.lifeSafety ? 'urgent' : ''}`;
    const time = h('time', { datetime: newest.onset, text: `${ago(newest.onset)}, ${clock(newest.onset)}` });
    hero.replaceChildren(
      icon(eventIcon(newest.event)),
      h('p', { class: 'when' }, goesOn(newest) ? 'Going on; began ' : '', time),
      h('h2', { text: eventName(newest.event) }),
      h('p', { class: 'where', text: place(newest) }),
      h(
        'div',
        { class: 'row' },
        newest.clip ? playButton(newest, { text: 'Play', large: true }) : h('span', { class: 'quiet', text: newest.clipExpected ? 'The clip is on its way' : 'Without a clip' }),
        link(eventPath(newest), { class: 'button large' }, 'Details'),
        badge(standing(newest)),
      ),
    );
  }

  function place(event) {
    const at = event.microphone && event.microphone !== event.device ? `${event.device}, ${event.microphone}` : event.device;
    return sites.length > 1 ? `${at} · ${event.site}` : at;
  }

  function line(event) {
    const owner = app.owns(event.site);
    const name = eventName(event.event);
    const tick = owner
      ? h('label', { class: 'tick' }, h('input', { type: 'checkbox', checked: chosen.has(key(event)), 'aria-label': `Choose ${name}, ${clock(event.onset)}`, on: { change: (change) => choose(event, change.target.checked) } }))
      : null;
    const item = h(
      'li',
      { class: `line ${event.lifeSafety ? 'urgent' : ''} ${event.judgement?.verdict === 'rejected' ? 'rejected' : ''} ${chosen.has(key(event)) ? 'chosen' : ''}` },
      tick,
      h('span', { class: 'sign' }, icon(eventIcon(event.event))),
      h('div', { class: 'what' }, link(eventPath(event), {}, name), h('p', {}, h('time', { datetime: event.onset, text: clock(event.onset) }), ` · ${place(event)}`, goesOn(event) ? ' · going on' : '')),
      badge(standing(event)),
      event.clip ? playButton(event) : h('span', { class: 'play' }),
    );
    item.dataset.key = key(event);
    return item;
  }

  function chooseSeveral(on) {
    several.setAttribute('aria-pressed', String(on));
    several.querySelector('span').textContent = on ? 'Done' : 'Choose several';
    list.classList.toggle('choosing', on);
    if (!on) {
      chosen.clear();
      show();
    }
  }

  function choose(event, on) {
    chosen[on ? 'add' : 'delete'](key(event));
    find(key(event))?.classList.toggle('chosen', on);
    showBulk();
  }

  function find(id) {
    return [...list.querySelectorAll('.line')].find((item) => item.dataset.key === id);
  }

  function showBulk() {
    bulk.hidden = !chosen.size;
    if (chosen.size) {
      bulk.replaceChildren(
        h('strong', { text: `${chosen.size} chosen`, 'aria-live': 'polite' }),
        button('Delete', 'trash', {}, deleteChosen),
      );
    }
  }

  async function deleteChosen() {
    const count = chosen.size;
    const what = count === 1 ? 'this event' : `these ${count} events`;
    const sure = await ask({ title: `Delete ${what}?`, text: 'Recording, verdict and every copy go, here and on the device. This cannot be undone.', yes: 'Delete for good', danger: true });
    if (!sure) {
      return;
    }
    try {
      await post('/events/delete', { events: [...chosen].map((id) => ({ site: events.get(id).site, id: events.get(id).id })) });
      chosen.forEach((id) => events.delete(id));
      if (newest && chosen.has(key(newest))) {
        newest = [...events.values()].find(counts) ?? null;
      }
      chooseSeveral(false);
      announce(count === 1 ? 'Deleted.' : `${count} events deleted.`);
    } catch (error) {
      announce(error.message, true);
      await load();
    }
  }

  function change({ detail }) {
    const id = `${detail.site}/${detail.id}`;
    const { event } = detail;
    if (!event) {
      events.delete(id);
      chosen.delete(id);
      if (newest && key(newest) === id) {
        newest = [...events.values()].find(counts) ?? null;
      }
      show();
      return;
    }
    if (newest && key(newest) === id && !counts(event)) {
      newest = [...events.values()].find((other) => key(other) !== id && counts(other)) ?? null;
    } else if (counts(event) && (!newest || key(newest) === id || event.onset > newest.onset)) {
      newest = event;
    }
    filters.know([event]);
    const known = events.has(id);
    if (!filters.wants(event)) {
      if (known) {
        events.delete(id);
        show();
      } else {
        showHero();
      }
      return;
    }
    if (known) {
      events.set(id, event);
      replace(id, event);
    } else {
      insert(id, event);
    }
  }

  /** In place, so that neither focus nor a clip that plays is lost. */
  function replace(id, event) {
    const old = find(id);
    if (!old) {
      show();
      return;
    }
    const made = line(event);
    const sounding = old.querySelector('.play svg use')?.getAttribute('href')?.endsWith('pause');
    if (sounding) {
      old.querySelector('.badge').replaceWith(made.querySelector('.badge'));
    } else {
      const inside = old.contains(document.activeElement) ? [...old.querySelectorAll('a, button, input')].indexOf(document.activeElement) : -1;
      old.replaceWith(made);
      made.querySelectorAll('a, button, input')[inside]?.focus();
    }
    if (newest && key(newest) === id && !hero.querySelector('use[href$="#pause"]')) {
      showHero();
    }
  }

  function insert(id, event) {
    const all = [...events.values(), event].sort((a, b) => (a.onset < b.onset ? 1 : a.onset > b.onset ? -1 : a.id < b.id ? 1 : -1));
    const last = all.at(-1) === event && next;
    if (last) {
      return; // older than all that is shown: it comes with the next page
    }
    const focused = document.activeElement?.closest?.('.line')?.dataset.key;
    events.clear();
    all.forEach((one) => events.set(key(one), one));
    show();
    find(id)?.classList.add('fresh');
    if (focused) {
      find(focused)?.querySelector('a')?.focus();
    }
  }

  filters.addEventListener('change', () => {
    load();
    loadNewest();
  });
  app.changes.addEventListener('change', change);
  const reset = () => load();
  app.changes.addEventListener('reset', reset);
  const tick = setInterval(() => {
    const time = hero.querySelector('time');
    if (newest && time) {
      time.textContent = `${ago(newest.onset)}, ${clock(newest.onset)}`;
    }
  }, 30000);
  list.append(h('p', { class: 'loading', role: 'status', text: 'Loading' }));
  hero.hidden = true;
  load();
  loadNewest();
  return {
    title: 'Events',
    element,
    leave() {
      clearInterval(tick);
      silence();
      app.changes.removeEventListener('change', change);
      app.changes.removeEventListener('reset', reset);
    },
  };
}
