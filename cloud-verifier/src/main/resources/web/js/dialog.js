import { button, h } from './dom.js';

/**
 * Asks before something is done. Resolves to true or false, or to the form's values when there are
 * fields. Escape and the other button say no; focus returns to where it was.
 */
export function ask({ title, text, yes, danger = false, fields = null, check = () => null }) {
  return new Promise((resolve) => {
    let answer = false;
    const error = h('p', { class: 'error', role: 'alert', hidden: true });
    const no = button('Cancel', null, {}, () => dialog.close());
    const form = h(
      'form',
      {
        on: {
          submit: (event) => {
            event.preventDefault();
            const problem = check(form);
            if (problem) {
              error.textContent = problem;
              error.hidden = false;
              return;
            }
            answer = fields ? form : true;
            dialog.close();
          },
        },
      },
      h('h2', { id: 'dialog-title', text: title }),
      text ? h('p', { text }) : null,
      fields ? h('div', { class: 'form' }, fields) : null,
      error,
      h('div', { class: 'row' }, no, h('button', { class: `button strong ${danger ? 'danger' : ''}`, text: yes })),
    );
    const dialog = h('dialog', { 'aria-labelledby': 'dialog-title', on: { close: done } }, form);
    const before = document.activeElement;
    document.body.append(dialog);
    dialog.showModal();
    if (!fields) {
      no.focus();
    }

    function done() {
      dialog.remove();
      before?.focus?.();
      resolve(answer);
    }
  });
}
