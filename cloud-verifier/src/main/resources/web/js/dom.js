// Elements without markup in strings: nothing that came from outside can become markup.

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Makes an element. Properties: class, text, on (listeners by name), and attributes; true sets an
 * attribute without a value, false, null and undefined leave it out.
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === false || value === null || value === undefined) {
      continue;
    }
    if (name === 'text') {
      element.textContent = value;
    } else if (name === 'on') {
      for (const [event, listener] of Object.entries(value)) {
        element.addEventListener(event, listener);
      }
    } else {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

export function setIcon(svg, name) {
  svg.firstChild.setAttribute('href', `/icons.svg#${name}`);
}

export function button(text, iconName, properties, listener) {
  const { class: more = '', ...rest } = properties;
  return h('button', { type: 'button', class: `button ${more}`, on: { click: listener }, ...rest }, iconName ? icon(iconName) : null, text ? h('span', { text }) : null);
}

let fields = 0;

/** A labelled control; the label is bound to it. */
export function field(label, control, hint) {
  control.id ||= `field-${++fields}`;
  const note = hint ? h('p', { class: 'hint', id: `${control.id}-hint`, text: hint }) : null;
  if (note) {
    control.setAttribute('aria-describedby', note.id);
  }
  return h('div', { class: 'field' }, h('label', { for: control.id, text: label }), control, note);
}

/** A bar for a share of 0 to 1. */
export function bar(value, label) {
  const inner = h('div');
  const made = h('div', { class: 'meter', role: 'meter', 'aria-valuemin': 0, 'aria-valuemax': 1, 'aria-label': label }, inner);
  made.show = (share) => {
    inner.style.width = `${100 * share}%`;
    made.setAttribute('aria-valuenow', share.toFixed(3));
  };
  made.show(value);
  return made;
}

export function link(href, properties, ...children) {
  return h('a', { href, 'data-link': true, ...properties }, ...children);
}

export function announce(text, urgent = false) {
  const region = document.getElementById(urgent ? 'assertive' : 'polite');
  region.textContent = '';
  requestAnimationFrame(() => {
    region.textContent = text;
  });
}
