import { get } from './api.js';
import { button, h, icon } from './dom.js';
import { DeviceCard } from './device.js';

const REFRESH_MILLIS = 5000;

/** All devices; asked again every few seconds while somebody looks. */
export function devicesView(app) {
  const cards = new Map();
  const list = h('div', { class: 'stack' }, h('p', { class: 'loading', role: 'status', text: 'Loading' }));
  const element = h('div', {}, h('div', { class: 'head' }, h('h1', { text: 'Devices' })), list);
  let curves = [];
  let timer = 0;
  let left = false;

  async function load() {
    try {
      const { devices } = await get('/devices');
      if (!left) {
        show(devices);
      }
    } catch (error) {
      if (!cards.size && error.status !== 401) {
        list.replaceChildren(h('div', { class: 'empty', role: 'alert' }, icon('warning'), h('h2', { text: 'The devices cannot be shown' }), h('p', { text: error.message }), button('Try again', null, {}, load)));
      }
    }
    clearTimeout(timer);
    if (!left) {
      timer = setTimeout(() => (document.hidden ? wait() : load()), REFRESH_MILLIS);
    }
  }

  function wait() {
    document.addEventListener('visibilitychange', load, { once: true });
  }

  function show(devices) {
    if (!devices.length) {
      list.replaceChildren(h('div', { class: 'empty' }, icon('device'), h('h2', { text: 'No device has reported yet' }), h('p', { text: 'A device appears here by itself once it has reached the broker.' })));
      return;
    }
    if (!cards.size) {
      list.replaceChildren();
    }
    for (const device of devices) {
      const key = `${device.site}/${device.device}`;
      if (cards.has(key)) {
        cards.get(key).update(device);
      } else {
        const card = new DeviceCard(app, device, curves, load);
        cards.set(key, card);
        list.append(card.element);
      }
    }
  }

  get('/curves')
    .then((answer) => {
      curves = answer.curves;
    })
    .catch(() => {}) // sliders do without figures
    .then(load);
  return {
    title: 'Devices',
    element,
    leave() {
      left = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', load);
      cards.forEach((card) => card.leave());
    },
  };
}
