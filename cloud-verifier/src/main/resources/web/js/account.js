import { ApiError, changePassword, get, remove } from './api.js';
import { ask } from './dialog.js';
import { announce, button, field, h } from './dom.js';
import { ago, full, plain } from './words.js';

/** A person's own password and sessions, and the record of what was done in their homes. */
export function accountView(app) {
  const sessions = h('ul', { class: 'rows' });
  const record = h('ol', { class: 'rows log small', tabindex: 0, 'aria-label': 'Record' });
  const recordCard = h('section', { class: 'card', 'aria-labelledby': 'record', hidden: true }, h('h2', { id: 'record', text: 'Record' }), h('p', { class: 'quiet small', text: 'What was deleted and commanded in the homes that you own.' }), record);
  const element = h(
    'div',
    {},
    h('div', { class: 'head' }, h('h1', { text: 'Account' }), h('span', { class: 'quiet', text: app.user.name }), h('span', { class: 'push' }), button('Sign out', null, {}, signOut)),
    h('div', { class: 'stack' }, rights(), password(), h('section', { class: 'card', 'aria-labelledby': 'sessions' }, h('h2', { id: 'sessions', text: 'Signed in at' }), sessions, h('div', { class: 'row' }, button('Sign out everywhere', null, { class: 'danger' }, everywhere))), recordCard),
  );

  function rights() {
    const sites = Object.entries(app.user.sites);
    return h(
      'section',
      { class: 'card', 'aria-labelledby': 'rights' },
      h('h2', { id: 'rights', text: 'What you may do' }),
      h('ul', { class: 'rows' }, [...sites.map(([site, role]) => h('li', {}, h('strong', { text: site }), h('span', { class: 'quiet', text: role === 'owner' ? 'owner: see, listen, answer, delete, command' : 'viewer: see and listen' }))), ...(app.user.admin ? [h('li', {}, h('strong', { text: 'Administrator' }), h('span', { class: 'quiet', text: 'manage accounts and homes' }))] : [])]),
    );
  }

  function password() {
    const current = h('input', { type: 'password', autocomplete: 'current-password', required: true, maxlength: 256 });
    const fresh = h('input', { type: 'password', autocomplete: 'new-password', required: true, minlength: 10, maxlength: 256 });
    const message = h('p', { role: 'alert', hidden: true });
    const form = h(
      'form',
      {
        class: 'form',
        on: {
          submit: async (event) => {
            event.preventDefault();
            try {
              await changePassword({ current: current.value, new: fresh.value });
              form.reset();
              message.className = 'good-news';
              message.textContent = 'Your password is changed. All other browsers were signed out.';
              app.changes.start();
              loadSessions();
            } catch (error) {
              if (!(error instanceof ApiError)) {
                throw error;
              }
              message.className = 'error';
              message.textContent = error.message;
            }
            message.hidden = false;
          },
        },
      },
      field('Current password', current),
      field('New password', fresh, 'At least 10 characters.'),
      message,
      h('div', { class: 'row' }, h('button', { class: 'button', text: 'Change the password' })),
    );
    return h('section', { class: 'card', 'aria-labelledby': 'password' }, h('h2', { id: 'password', text: 'Password' }), form);
  }

  async function loadSessions() {
    const answer = await get('/account/sessions').catch(() => ({ sessions: [] }));
    sessions.replaceChildren(
      ...answer.sessions.map((session) =>
        h('li', {}, h('span', { text: browser(session.agent) }), session.this ? h('span', { class: 'badge good', text: 'this one' }) : null, h('span', { class: 'quiet small', text: `${session.address}, used ${ago(session.seenAt)}` })),
      ),
    );
  }

  function browser(agent) {
    const name = ['Firefox', 'Edg', 'Chrome', 'Safari'].find((one) => agent.includes(one));
    const system = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS', 'Linux'].find((one) => agent.includes(one));
    return name ? `${name === 'Edg' ? 'Edge' : name}${system ? ` on ${system}` : ''}` : 'A program';
  }

  async function loadRecord() {
    const answer = await get('/audit').catch(() => ({ lines: [] }));
    recordCard.hidden = !answer.lines.length;
    record.replaceChildren(...answer.lines.map((line) => h('li', {}, h('time', { class: 'quiet', datetime: line.at, text: full(line.at) }), h('strong', { text: plain(line.action) }), h('span', { text: `${line.subject} ${line.detail}` }), h('span', { class: 'quiet', text: line.site ? `${line.who}, ${line.site}` : line.who }))));
  }

  async function signOut() {
    await remove('/session').catch(() => {});
    history.replaceState(null, '', '/'); // the next person begins at the events
    await app.signedOut();
  }

  async function everywhere() {
    if (await ask({ title: 'Sign out everywhere?', text: 'Every browser that is signed in with your name, this one too, has to sign in again.', yes: 'Sign out', danger: true })) {
      try {
        await remove('/account/sessions');
        await app.signedOut();
      } catch (error) {
        announce(error.message, true);
      }
    }
  }

  loadSessions();
  loadRecord();
  return { title: 'Account', element };
}
