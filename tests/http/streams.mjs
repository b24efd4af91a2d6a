// Many callers over few HTTP/2 connections: `streams(server, 4)` answers calls as Client of support.mjs does, without its cost a request.
import { randomUUID } from 'node:crypto';
import { connect } from 'node:http2';

const WAIT_MS_MAX = 60_000;

function answerOf(stream) {
  return new Promise((resolve, reject) => {
    let headers, text = '';
    stream.setTimeout(WAIT_MS_MAX, () => stream.destroy(new Error('no answer in time')));
    stream.setEncoding('utf8').once('error', reject).once('response', (given) => { headers = given; }).on('data', (some) => { text += some; }).once('end', () => {
      if (headers === undefined) return reject(new Error('a stream ended without an answer'));
      const json = /\bjson\b/.test(headers['content-type'] ?? '');
      return resolve({ status: headers[':status'], headers: new Headers({ 'content-type': headers['content-type'] ?? '' }), text, body: json ? JSON.parse(text) : text });
    });
  });
}

/** `as(client)` is the same someone, over these connections; `end()` closes them, whatever is under way. */
export function streams(server, count) {
  const connections = Array.from({ length: count }, () => connect(server.origin));
  for (const one of connections) one.on('error', () => {}); // each of its streams tells
  let next = 0;
  const call = (method, token, where, body, { key, query, headers: more = {} } = {}) => {
    const path = `/api/v1${where}${query ? `?${new URLSearchParams(query)}` : ''}`, headers = { ':method': method, ':path': path, 'accept-language': 'en', ...more };
    if (token) headers.authorization = `Bearer ${token}`;
    if (key !== null && method === 'POST') headers['idempotency-key'] = key ?? randomUUID();
    if (body !== undefined) headers['content-type'] ??= 'application/json';
    const stream = connections[next++ % count].request(headers);
    stream.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
    return answerOf(stream);
  };
  const as = ({ token } = {}) => ({ get: (where, options) => call('GET', token, where, undefined, options), post: (where, body, options) => call('POST', token, where, body, options) });
  return { as, end: () => { for (const one of connections) one.destroy(); } };
}
