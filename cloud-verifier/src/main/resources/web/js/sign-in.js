import { ApiError, setUp, signIn } from './api.js';
import { field, h, icon } from './dom.js';

/** Signing in; at a first run, making the first account. */
export function signInView(app) {
  return app.session?.setupNeeded ? setupView(app) : passwordView(app);
}

function gate(heading, text, ...content) {
  return h(
    'div',
    { class: 'gate' },
    h('p', { class: 'brand' }, icon('ear'), 'Earshot'),
    h('section', { class: 'card', 'aria-labelledby': 'gate-title' }, h('h1', { id: 'gate-title', text: heading }), text ? h('p', { class: 'quiet', text }) : null, ...content),
  );
}

function form(app, action, fields, send) {
  const error = h('p', { class: 'error', role: 'alert', hidden: true });
  const submit = h('button', { class: 'button strong large', text: action });
  return h(
    'form',
    {
      class: 'form',
      on: {
        submit: async (event) => {
          event.preventDefault();
          submit.disabled = true;
          error.hidden = true;
          try {
            app.signedIn(await send());
          } catch (problem) {
            if (!(problem instanceof ApiError)) {
              throw problem;
            }
            error.textContent = problem.message;
            error.hidden = false;
          } finally {
            submit.disabled = false;
          }
        },
      },
    },
    ...fields,
    error,
    submit,
  );
}

function passwordView(app) {
  const name = h('input', { name: 'name', autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false', required: true, maxlength: 64 });
  const password = h('input', { name: 'password', type: 'password', autocomplete: 'current-password', required: true, maxlength: 256 });
  return {
    title: 'Sign in',
    element: gate('Sign in', null, form(app, 'Sign in', [field('Name', name), field('Password', password)], () => signIn(name.value, password.value))),
  };
}

function setupView(app) {
  const code = h('input', { name: 'code', autocomplete: 'one-time-code', autocapitalize: 'characters', spellcheck: 'false', required: true, maxlength: 64 });
  const name = h('input', { name: 'name', autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false', required: true, maxlength: 64 });
  const password = h('input', { name: 'password', type: 'password', autocomplete: 'new-password', required: true, minlength: 10, maxlength: 256 });
  const site = h('input', { name: 'site', value: 'home', required: true, pattern: '[A-Za-z0-9_\\-]{1,64}', spellcheck: 'false' });
  const send = () => setUp({ code: code.value, name: name.value, password: password.value, site: site.value });
  const fields = [
    field('Code', code, 'It stands in the log of the server, or in the file that the log names.'),
    field('Your name', name),
    field('Password', password, 'At least 10 characters.'),
    field('Home', site, 'The site that your devices name in their configuration.'),
  ];
  return {
    title: 'First account',
    element: gate('Welcome', 'Nobody can sign in here yet. Make the first account, which manages the others.', form(app, 'Make the account', fields, send)),
  };
}
