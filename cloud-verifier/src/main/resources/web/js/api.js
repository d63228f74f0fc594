// Requests to the API; what goes wrong is an ApiError with a line for people.

const API = '/api/v1';
let csrf = '';
let signedOut = () => {};

export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export function onSignedOut(listener) {
  signedOut = listener;
}

export async function loadSession() {
  return remember(await request('GET', '/session'));
}

function remember(session) {
  csrf = session.csrfToken;
  return session;
}

export async function signIn(name, password) {
  return remember(await request('POST', '/session', { name, password }));
}

export async function setUp(fields) {
  return remember(await request('POST', '/setup', fields));
}

export async function changePassword(fields) {
  return remember(await request('PUT', '/account/password', fields));
}

export const get = (path) => request('GET', path);
export const post = (path, body) => request('POST', path, body);
export const put = (path, body) => request('PUT', path, body);
export const remove = (path) => request('DELETE', path);

async function request(method, path, body) {
  const response = await send(method, path, body);
  return response.status === 204 || response.status === 202 ? null : response.json();
}

/** The response itself, for bodies that go on. */
export async function send(method, path, body, signal) {
  const headers = { Accept: 'application/json' };
  if (method !== 'GET') {
    headers['X-CSRF-Token'] = csrf;
  }
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  let response;
  try {
    response = await fetch(API + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), signal });
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    throw new ApiError(0, 'The server does not answer. Is this device online?');
  }
  if (response.ok) {
    return response;
  }
  if (response.status === 401) {
    signedOut();
  }
  throw new ApiError(response.status, await reason(response));
}

async function reason(response) {
  try {
    const problem = await response.json();
    return problem.detail.charAt(0).toUpperCase() + problem.detail.slice(1) + '.';
  } catch {
    return `The server answered with ${response.status}.`;
  }
}

export function eventPath(event) {
  return `/events/${encodeURIComponent(event.site)}/${encodeURIComponent(event.id)}`;
}

export function fileUrl(event, name) {
  return `${API}${eventPath(event)}/${name}`;
}

export function devicePath(device) {
  return `/devices/${encodeURIComponent(device.site)}/${encodeURIComponent(device.device)}`;
}

export function changesUrl(after) {
  return `${API}/changes${after ? `?after=${after}` : ''}`;
}
