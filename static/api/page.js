// The little that all pages share: making elements without markup in strings, asking the API, and showing its three states.

/** element('a', { href: '#/' }, 'text', child, …): texts never become markup. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : value);
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

export class Refusal extends Error {
  constructor(status, words) {
    super(words);
    this.status = status;
  }
}

/** A GET of the API; empty query fields are left out. */
export async function ask(path, query, language) {
  const fields = Object.entries(query ?? {}).filter(([, value]) => value);
  const where = `/api/v1${path}${fields.length ? `?${new URLSearchParams(fields)}` : ''}`;
  let answer;
  try {
    answer = await fetch(where, { headers: { 'accept-language': language }, signal: AbortSignal.timeout(15000) });
  } catch {
    throw new Refusal(0, '');
  }
  const body = await answer.json().catch(() => null);
  if (!answer.ok) throw new Refusal(answer.status, body?.detail ?? body?.title ?? String(answer.status));
  if (body === null) throw new Refusal(answer.status, 'JSON');
  return body;
}

/** Shows `waiting`, then what `fetchAndDraw` gives, or `failed(refusal, again)`; a later call for the same place wins. */
export async function fill(place, { waiting, fetchAndDraw, failed }) {
  const turn = Symbol('turn');
  place.turn = turn;
  place.setAttribute('aria-busy', 'true');
  place.replaceChildren(element('p', { class: 'soft waiting', role: 'status' }, waiting));
  let drawn;
  try {
    drawn = await fetchAndDraw();
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    drawn = failed(refusal, () => fill(place, { waiting, fetchAndDraw, failed }));
  }
  if (place.turn !== turn) return;
  place.removeAttribute('aria-busy');
  place.replaceChildren(...[drawn].flat());
}
