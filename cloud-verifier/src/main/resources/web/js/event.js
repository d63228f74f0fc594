import { eventPath, fileUrl, get, put, remove } from './api.js';
import { ask } from './dialog.js';
import { announce, bar, button, field, h, icon, link } from './dom.js';
import { badge } from './events.js';
import { player, silence } from './player.js';
import { EVENT_LABELS, ago, dayName, eventIcon, eventName, exactClock, full, goesOn, lasting, percent, plain, size, standing, verdictName } from './words.js';

/** One event: to hear, to judge, to delete. */
export function eventView(app, site, id) {
  const element = h('div', {}, h('p', { class: 'loading', role: 'status', text: 'Loading' }));
  const path = eventPath({ site, id });
  let event = null;
  let title = h('h1');

  async function load() {
    try {
      event = await get(path);
      show();
    } catch (error) {
      missing(error);
    }
  }

  function missing(error) {
    const gone = error?.status === 404;
    element.replaceChildren(
      h(
        'div',
        { class: 'empty', role: 'alert' },
        icon(gone ? 'trash' : 'warning'),
        h('h1', { text: gone ? 'There is no such event' : 'The event cannot be shown' }),
        h('p', { text: gone ? 'It was deleted, or belongs to a home that you may not see.' : error.message }),
        link('/', { class: 'button' }, 'To the events'),
      ),
    );
  }

  function show() {
    const owner = app.owns(site);
    title = h('h1', { text: eventName(event.event), tabindex: -1 });
    document.title = `${eventName(event.event)} · Earshot`;
    element.replaceChildren(
      h('p', {}, link('/', { class: 'button bare' }, icon('back'), 'All events')),
      h(
        'div',
        { class: `title ${event.lifeSafety ? 'urgent' : ''}` },
        h('span', { class: 'sign' }, icon(eventIcon(event.event))),
        h('div', {}, title, h('p', { class: 'quiet' }, h('time', { datetime: event.onset, text: `${dayName(event.onset)}, ${exactClock(event.onset)}` }), ` · ${ago(event.onset)} · ${event.device}`)),
      ),
      h('div', { class: 'event' }, h('div', { class: 'stack' }, sound(), owner ? question() : said()), h('div', { class: 'stack' }, models(), facts(), owner ? removal() : null)),
    );
  }

  function sound() {
    const content = event.clip
      ? [
          player(event),
          h(
            'div',
            { class: 'row' },
            h('a', { class: 'button bare', href: `${fileUrl(event, 'clip.flac')}?download=1`, download: true }, icon('download'), `FLAC, ${size(event.clip.bytes)}`),
            h('a', { class: 'button bare', href: `${fileUrl(event, 'clip.wav')}?download=1`, download: true }, icon('download'), 'WAV'),
          ),
        ]
      : [h('p', { class: 'quiet', text: event.clipExpected ? 'The clip is on its way from the device.' : 'The device sent no clip of this event.' })];
    return h('section', { class: 'card', 'aria-label': 'Clip' }, ...content);
  }

  function question() {
    const { answer } = event;
    const choice = (kind, text, sign) =>
      button(text, sign, { 'aria-pressed': String(answer?.answer === kind) }, () => (kind === 'something_else' ? another() : send(kind)));
    return h(
      'section',
      { class: 'card', 'aria-labelledby': 'question' },
      h('h2', { id: 'question', text: `Was it ${article(eventName(event.event))}?` }),
      h('div', { class: 'row' }, choice('was_it', 'Yes, it was', 'check'), choice('was_not_it', 'No', 'cross'), choice('something_else', 'Something else', 'question')),
      answer ? given(answer) : h('p', { class: 'quiet small', text: 'Your answer becomes an example from which the models learn.' }),
    );
  }

  function article(name) {
    const lower = name.toLowerCase();
    return ['footsteps', 'breaking glass'].includes(lower) ? lower : `a ${lower}`;
  }

  function given(answer) {
    const what = { was_it: 'that this was it', was_not_it: 'that this was not it', something_else: `that it was something else: ${plain(answer.label)}` }[answer.answer];
    return h('p', { class: 'quiet small', text: `${answer.user} said ${what}, ${full(answer.at)}.` });
  }

  function said() {
    return event.answer ? h('section', { class: 'card', 'aria-label': 'Answer' }, given(event.answer)) : null;
  }

  async function send(answer, label) {
    try {
      event = await put(`${path}/answer`, label ? { answer, label } : { answer });
      const pressed = document.activeElement?.textContent;
      showKept();
      [...element.querySelectorAll('button')].find((one) => one.textContent === pressed)?.focus();
      announce('Thank you. Your answer is kept.');
    } catch (error) {
      announce(error.message, true);
      await ask({ title: 'The answer was not kept', text: error.message, yes: 'Close' });
    }
  }

  async function another() {
    const select = h(
      'select',
      {},
      EVENT_LABELS.filter((label) => label !== event.event).map((label) => h('option', { value: label, text: eventName(label) })),
      ['television', 'music', 'speech', 'appliance', 'alarm_clock', 'phone'].map((label) => h('option', { value: label, text: plain(label) })),
      h('option', { value: '', text: 'Another sound …' }),
    );
    const other = h('input', { maxlength: 60, placeholder: 'such as coffee grinder' });
    const otherField = field('What was it?', other);
    otherField.hidden = true;
    select.addEventListener('change', () => {
      otherField.hidden = Boolean(select.value);
      if (!select.value) {
        other.focus();
      }
    });
    const label = () => select.value || other.value.toLowerCase().normalize('NFKD').replace(/[^a-z0-9]+/g, '_').replace(/^[_0-9]+|_+$/g, '').slice(0, 64);
    const form = await ask({
      title: 'What was it instead?',
      yes: 'Save',
      fields: [field('Sound', select), otherField],
      check: () => (label() ? null : 'Write what it was, in letters from a to z.'),
    });
    if (form) {
      await send('something_else', label());
    }
  }

  function models() {
    const { judgement } = event;
    const parts = [score('The device', event.posterior, `sensitivity ${event.sensitivity}, in mode ${event.mode}`)];
    if (judgement && judgement.verdict !== 'unverified') {
      parts.push(score(`The verifier: ${verdictName(judgement.verdict).toLowerCase()}`, judgement.probability, judgement.model));
    } else {
      parts.push(h('p', { class: 'quiet', text: waiting() }));
    }
    const byModel = new Map();
    for (const one of judgement?.scores ?? []) {
      byModel.set(one.model, [...(byModel.get(one.model) ?? []), one]);
    }
    const details = [...byModel].map(([model, scores]) =>
      h('div', {}, h('h3', { class: 'small quiet', text: model }), h('div', { class: 'scores' }, scores.slice(0, 5).map((one) => score(eventName(one.label), one.probability)))),
    );
    return h(
      'section',
      { class: 'card stack', 'aria-labelledby': 'models' },
      h('div', { class: 'row' }, h('h2', { id: 'models', text: 'What the models heard' }), h('span', { class: 'push' }), badge(standing({ ...event, answer: null }))),
      h('div', { class: 'scores' }, parts),
      ...details,
    );
  }

  function waiting() {
    if (event.judgement) {
      return 'The verifier did not answer in time. Its verdict follows here when it comes.';
    }
    return { not_expected: 'There is no clip that could be verified.', gave_up: 'The verifier could not judge this clip.' }[event.verification] ?? 'The verifier is listening to the clip.';
  }

  function score(name, probability, note) {
    return h('div', { class: 'score' }, h('span', {}, name, note ? h('span', { class: 'quiet small', text: ` ${note}` }) : null), h('strong', { text: percent(probability) }), bar(probability, `${name}: ${percent(probability)}`));
  }

  function facts() {
    const rows = [
      ['Began', full(event.onset)],
      ['Ended', event.offset ? `${exactClock(event.offset)} (${lasting((new Date(event.offset) - new Date(event.onset)) / 1000)})` : goesOn(event) ? 'goes on' : 'not told'],
      ['Device', event.device],
      ['Microphone', event.microphone],
      ['Home', event.site],
      ['Received', full(event.receivedAt)],
      ['Model', event.model],
      ['Number', event.id],
    ];
    return h('section', { class: 'card', 'aria-labelledby': 'facts' }, h('h2', { id: 'facts', text: 'Details' }), h('dl', { class: 'facts small' }, rows.flatMap(([name, value]) => [h('dt', { text: name }), h('dd', { text: value })])));
  }

  function removal() {
    return h('div', { class: 'row' }, button('Delete', 'trash', { class: 'danger' }, erase));
  }

  async function erase() {
    const sure = await ask({ title: 'Delete this event?', text: 'Recording, verdict and every copy go, here and on the device. This cannot be undone.', yes: 'Delete for good', danger: true });
    if (!sure) {
      return;
    }
    try {
      await remove(path);
      announce('Deleted.');
      app.go('/', true);
    } catch (error) {
      announce(error.message, true);
    }
  }

  /** Shows what changed and keeps the player, which may be sounding. */
  function showKept() {
    const old = element.querySelector('section[aria-label="Clip"]');
    const had = Boolean(old?.querySelector('audio'));
    show();
    if (had && event.clip) {
      element.querySelector('section[aria-label="Clip"]').replaceWith(old);
    }
  }

  function change({ detail }) {
    if (detail.site === site && detail.id === id && event) {
      if (detail.event) {
        event = detail.event;
        showKept();
      } else {
        silence();
        missing({ status: 404 });
      }
    }
  }

  app.changes.addEventListener('change', change);
  app.changes.addEventListener('reset', load);
  load().then(() => element.querySelector('h1')?.focus({ preventScroll: true }));
  return {
    title: 'Event',
    element,
    leave() {
      element.querySelector('audio')?.pause();
      silence();
      app.changes.removeEventListener('change', change);
      app.changes.removeEventListener('reset', load);
    },
  };
}
