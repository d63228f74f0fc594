import { get, post, put, remove } from './api.js';
import { ask } from './dialog.js';
import { announce, button, field, h, icon } from './dom.js';

/** Who may sign in, and what each may see; for administrators. */
export function peopleView(app) {
  const list = h('ul', { class: 'rows' });
  const error = h('p', { class: 'error', role: 'alert', hidden: true });
  const element = h('div', {}, h('div', { class: 'head' }, h('h1', { text: 'People' }), h('span', { class: 'push' }), button('Add somebody', 'plus', { class: 'strong' }, add)), error, h('section', { class: 'card', 'aria-label': 'Accounts' }, list));
  let sites = [];

  async function load() {
    try {
      const [accounts, known] = await Promise.all([get('/accounts'), get('/sites')]);
      sites = known.sites;
      list.replaceChildren(...accounts.accounts.map(row));
      error.hidden = true;
    } catch (problem) {
      failed(problem);
    }
  }

  function failed(problem) {
    error.textContent = problem.message;
    error.hidden = false;
  }

  function row(account) {
    const roles = Object.entries(account.sites).map(([site, role]) => `${site} (${role})`);
    return h(
      'li',
      {},
      icon('user'),
      h('div', {}, h('strong', { text: account.name }), ' ', account.admin ? h('span', { class: 'badge', text: 'administrator' }) : null, h('p', { class: 'quiet small', text: roles.length ? roles.join(', ') : 'sees no home' })),
      h(
        'div',
        { class: 'row push' },
        button('Rights', null, { 'aria-label': `Rights of ${account.name}` }, () => change(account)),
        button('Password', null, { 'aria-label': `Password of ${account.name}` }, () => password(account)),
        button(null, 'trash', { class: 'round danger', 'aria-label': `Delete ${account.name}` }, () => erase(account)),
      ),
    );
  }

  /** A role for each home that is known, and one more by name. */
  function rights(account) {
    const admin = h('input', { type: 'checkbox', checked: account?.admin ?? false });
    const choices = new Map();
    const choice = (site, role) => {
      const select = h('select', {}, h('option', { value: '', text: 'nothing' }), h('option', { value: 'viewer', text: 'viewer: see and listen' }), h('option', { value: 'owner', text: 'owner: all' }));
      select.value = role ?? '';
      choices.set(site, select);
      return field(`At ${site}`, select);
    };
    const all = [...new Set([...sites, ...Object.keys(account?.sites ?? {})])];
    const another = h('input', { pattern: '[A-Za-z0-9_\\-]{1,64}', spellcheck: 'false' });
    const fields = [...all.map((site) => choice(site, account?.sites[site])), field('Owner of another home', another, 'Its name, when none of its devices has reported yet; else empty.'), h('label', { class: 'check' }, admin, 'Manages accounts and homes')];
    const read = () => ({
      admin: admin.checked,
      sites: [...[...choices].filter(([, select]) => select.value).map(([site, select]) => ({ site, role: select.value })), ...(another.value && !choices.has(another.value) ? [{ site: another.value, role: 'owner' }] : [])],
    });
    return { fields, read };
  }

  function secret() {
    return h('input', { type: 'password', autocomplete: 'new-password', required: true, minlength: 10, maxlength: 256 });
  }

  async function act(action, done) {
    try {
      await action();
      announce(done);
      await load();
    } catch (problem) {
      failed(problem);
    }
  }

  async function add() {
    const name = h('input', { required: true, maxlength: 64, autocapitalize: 'none', spellcheck: 'false', autocomplete: 'off' });
    const word = secret();
    const { fields, read } = rights(null);
    if (await ask({ title: 'Add somebody', yes: 'Add', fields: [field('Name', name), field('Password', word, 'At least 10 characters; they can change it.'), ...fields] })) {
      await act(() => post('/accounts', { name: name.value, password: word.value, ...read() }), 'Added.');
    }
  }

  async function change(account) {
    const { fields, read } = rights(account);
    if (await ask({ title: `Rights of ${account.name}`, yes: 'Save', fields })) {
      await act(() => put(`/accounts/${encodeURIComponent(account.name)}`, read()), 'Saved.');
    }
  }

  async function password(account) {
    const word = secret();
    if (await ask({ title: `Set the password of ${account.name}`, text: 'They are signed out everywhere.', yes: 'Set', fields: [field('New password', word, 'At least 10 characters.')] })) {
      await act(() => put(`/accounts/${encodeURIComponent(account.name)}/password`, { new: word.value }), 'The password is set.');
    }
  }

  async function erase(account) {
    if (await ask({ title: `Delete ${account.name}?`, text: 'They can no longer sign in. Events and clips stay.', yes: 'Delete', danger: true })) {
      await act(() => remove(`/accounts/${encodeURIComponent(account.name)}`), 'Deleted.');
    }
  }

  load();
  return { title: 'People', element };
}
