// Begins the page: who is signed in, which view, what changes.

import { loadSession, onSignedOut } from './api.js';
import { Changes } from './changes.js';
import { announce, h } from './dom.js';
import { accountView } from './account.js';
import { devicesView } from './devices.js';
import { eventView } from './event.js';
import { eventsView } from './events.js';
import { peopleView } from './people.js';
import { signInView } from './sign-in.js';
import { eventName } from './words.js';

const main = document.getElementById('main');
const header = document.querySelector('header');
const notice = document.getElementById('notice');
const changes = new Changes();

const app = {
  user: null,
  changes,
  owns: (site) => app.user?.sites[site] === 'owner',
  go,
  signedIn,
  signedOut,
};

let leave = () => {};

function view(path) {
  const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
  if (parts[0] === 'events' && parts.length === 3) {
    return () => eventView(app, parts[1], parts[2]);
  }
  return { '/': () => eventsView(app), '/devices': () => devicesView(app), '/account': () => accountView(app), '/people': () => peopleView(app) }[path]
    ?? (() => ({ title: 'Not found', element: h('div', { class: 'empty' }, h('h1', { text: 'There is no such page' }), h('p', {}, h('a', { href: '/', 'data-link': true, text: 'To the events' }))) }));
}

function show(made, focus) {
  leave();
  leave = made.leave ?? (() => {});
  main.replaceChildren(made.element);
  document.title = `${made.title} · Earshot`;
  for (const anchor of header.querySelectorAll('nav a')) {
    const here = new URL(anchor.href).pathname === location.pathname || (anchor.pathname === '/' && location.pathname.startsWith('/events/'));
    if (here) {
      anchor.setAttribute('aria-current', 'page');
    } else {
      anchor.removeAttribute('aria-current');
    }
  }
  if (focus) {
    const heading = main.querySelector('h1');
    heading?.setAttribute('tabindex', '-1');
    (heading ?? main).focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

function render(focus = true) {
  show(app.user ? view(location.pathname)() : signInView(app), focus);
}

function go(path, replace = false) {
  history[replace ? 'replaceState' : 'pushState'](null, '', path);
  render();
}

function signedIn(session) {
  app.user = session.user;
  header.hidden = false;
  header.querySelector('a[href="/people"]').hidden = !app.user.admin;
  changes.start();
  render();
}

async function signedOut() {
  if (!app.user && !header.hidden) {
    return;
  }
  app.user = null;
  header.hidden = true;
  notice.hidden = true;
  changes.stop();
  app.session = await loadSession();
  render();
}

function tell(event) {
  const { change, event: record } = event.detail;
  if (change === 'opened' && record) {
    announce(`${record.lifeSafety ? 'Alarm! ' : ''}${eventName(record.event)}, ${record.device}`, record.lifeSafety);
  }
}

changes.addEventListener('change', tell);
changes.addEventListener('bye', () => signedOut());
changes.addEventListener('state', ({ detail }) => {
  notice.hidden = detail === 'live';
  const text = { lost: 'Connection lost. Trying again …', trouble: 'The history cannot be reached. What is new will show once it can.' }[detail] ?? '';
  if (notice.textContent !== text) {
    notice.textContent = text;
  }
});

document.addEventListener('click', (event) => {
  const anchor = event.target.closest?.('a[data-link]');
  if (anchor && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    go(anchor.pathname + anchor.search);
  }
});
addEventListener('popstate', () => render());
onSignedOut(signedOut);

async function begin() {
  try {
    const session = await loadSession();
    app.session = session;
    if (session.user) {
      signedIn(session);
    } else {
      render();
    }
  } catch (error) {
    main.replaceChildren(
      h('div', { class: 'empty', role: 'alert' }, h('h1', { text: 'The server cannot be reached' }), h('p', { text: error.message }), h('button', { class: 'button', text: 'Try again', on: { click: begin } })),
    );
  }
}

begin();
