// Reads openapi.json and writes it out for people: routes by subject, each with what it takes and gives. No library, no markup in strings.
import { ask, element, fill } from './page.js';

const code = (text) => element('code', {}, text);
const named = (reference) => reference.split('/').pop();

/** A schema in one line: text(1–60), integer ≥ 0, [lot], a | b. */
function inShort(schema) {
  if (!schema) return '';
  if (schema.$ref) return named(schema.$ref);
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const many = schema.anyOf ?? schema.oneOf;
  if (many) return many.map(inShort).join(' | ');
  const type = [schema.type ?? 'any'].flat().join(' | ');
  if (schema.type === 'array') return `[${inShort(schema.items)}]`;
  if (schema.format) return `${type} ${schema.format}`;
  const low = schema.minimum ?? schema.minLength,
    high = schema.maximum ?? schema.maxLength;
  return low === undefined && high === undefined ? type : `${type} ${low ?? '…'}–${high ?? '…'}`;
}

/** A schema as indented lines of names; what is optional has a question mark. */
function lines(schema, indent = '') {
  if (schema?.type === 'array' && schema.items?.properties) return lines(schema.items, indent);
  return Object.entries(schema?.properties ?? {}).flatMap(([name, one]) => {
    const inner = one.properties ? one : one.type === 'array' && one.items?.properties ? one.items : null;
    const mark = schema.required?.includes(name) ? '' : '?';
    const help = one.description ? `  — ${one.description}` : '';
    return [
      `${indent}${name}${mark}: ${inner ? (one.type === 'array' ? '[' : '{') : inShort(one)}${help}`,
      ...(inner ? [...lines(inner, `${indent}  `), `${indent}${one.type === 'array' ? ']' : '}'}`] : []),
    ];
  });
}

function block(title, whole, content) {
  const [type, { schema } = {}] = Object.entries(content ?? {})[0] ?? [];
  if (!schema) return [];
  const open = schema.$ref ? whole.components.schemas[named(schema.$ref)] : schema;
  const text = lines(open).join('\n') || inShort(open);
  return [element('p', { class: 'soft' }, `${title} · ${type}`), element('pre', { tabindex: 0 }, text)];
}

function parameters(whole, list) {
  if (!list?.length) return null;
  return element(
    'div',
    { class: 'wide' },
    element(
      'table',
      {},
      element(
        'tbody',
        {},
        list
          .map((one) => (one.$ref ? whole.components.parameters[named(one.$ref)] : one))
          .map((one) =>
            element(
              'tr',
              {},
              element('td', {}, code(`${one.name}${one.required ? '' : '?'}`)),
              element('td', {}, one.in),
              element('td', {}, inShort(one.schema)),
              element('td', { class: 'soft' }, one.description ?? ''),
            ),
          ),
      ),
    ),
  );
}

function route(whole, path, method, one) {
  const open = (one.security ?? whole.security).length === 0;
  const good = Object.entries(one.responses).filter(([status]) => status.startsWith('2'));
  return element(
    'details',
    { id: one.operationId },
    element('summary', {}, element('span', { class: 'method' }, method.toUpperCase()), ' ', code(path), ' ', one.summary),
    one.description && element('p', {}, one.description),
    element('p', { class: 'soft' }, open ? '公开 · for everyone' : '要登录 · signed in, by role'),
    parameters(whole, one.parameters),
    block('Body', whole, one.requestBody?.content),
    ...good.flatMap(([status, answer]) => [
      element('p', {}, `${status} ${answer.description ?? ''}`),
      ...block('Answer', whole, answer.content),
    ]),
  );
}

function draw(whole) {
  const subjects = new Map();
  for (const [path, methods] of Object.entries(whole.paths))
    for (const [method, one] of Object.entries(methods)) {
      const subject = one.tags?.[0] ?? '';
      if (!subjects.has(subject)) subjects.set(subject, []);
      subjects.get(subject).push(route(whole, path, method, one));
    }
  return [
    element('p', {}, whole.info.summary),
    element('p', { class: 'soft' }, whole.info.description),
    ...[...subjects].flatMap(([subject, routes]) => [element('h2', {}, subject), ...routes]),
  ];
}

fill(document.getElementById('main'), {
  waiting: '正在取…… Fetching…',
  fetchAndDraw: async () => draw(await ask('/openapi.json', {}, navigator.language)),
  failed: (refusal, again) =>
    element(
      'div',
      { class: 'note', role: 'alert' },
      element('p', {}, `没取到 · not fetched: ${refusal.message || 'offline'}`),
      element('button', { onclick: again }, '再试一次 · Try again'),
    ),
});
