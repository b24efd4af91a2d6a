// The description of the API is held against the program: the same routes, the same duties, and answers that fit their schemas.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aServer, fine, program, refused, run } from './support.mjs';
import { aSmallShop } from './builders.mjs';

const server = await aServer();
const routes = JSON.parse((await run(program, ['routes', '--json'])).output);
const whole = fine(await server.get('/openapi.json'));
const at = (reference) => reference.replace(/^#\//, '').split('/').reduce((place, name) => place?.[name], whole);
const open = (one) => (one?.$ref ? at(one.$ref) : one);
const described = Object.entries(whole.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, one]) => ({ path, method: method.toUpperCase(), one, parameters: (one.parameters ?? []).map(open) })));
const names = (list) => list.map(({ method, path }) => `${method} ${path}`).sort();
const descriptionOf = (route) => described.find((one) => one.method === route.method && one.path === route.path);
const each = (check) => () => { for (const route of routes) check(route, descriptionOf(route), `${route.method} ${route.path}`); };

test('every route is described, and nothing else', () => assert.deepEqual(names(described), names(routes)));

test('every reference leads somewhere', () => {
  const walk = (value) => {
    if (value === null || typeof value !== 'object') return;
    if (value.$ref) assert.ok(at(value.$ref), value.$ref);
    Object.values(value).forEach(walk);
  };
  walk(whole);
});

test('operations have names of their own', () => {
  const ids = described.map(({ one }) => one.operationId);
  assert.equal(new Set(ids).size, ids.length, ids.sort().filter((id, i) => id === ids[i - 1]).join());
});

test('path parameters are those of the path', each((route, { parameters }, name) => {
  const inPath = parameters.filter((one) => one.in === 'path').map((one) => one.name);
  assert.deepEqual(inPath.sort(), [...route.path.matchAll(/\{(\w+)\}/g)].map(([, word]) => word).sort(), name);
}));

test('Idempotency-Key and If-Match stand where the program asks for them', each((route, { parameters }, name) => {
  const needs = (header) => parameters.some((one) => one.in === 'header' && one.name === header && one.required);
  assert.equal(needs('Idempotency-Key'), route.idempotent, name);
  assert.equal(needs('If-Match'), route.versioned, name);
}));

test('public routes ask for no sign-in, all others do', each((route, { one }, name) =>
  assert.equal((one.security ?? whole.security).length === 0, route.may.length === 0, name)));

/** Where a value does not fit its schema: the part of JSON Schema this document uses. */
function misfits(schema, value, where = '') {
  schema = open(schema);
  const many = schema.anyOf ?? schema.oneOf;
  if (many) return many.some((one) => misfits(one, value, where).length === 0) ? [] : [`${where}: none of ${many.length}`];
  const kind = value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;
  if (schema.type && ![schema.type].flat().includes(kind)) return [`${where}: ${kind}, not ${schema.type}`];
  if (schema.enum && !schema.enum.includes(value)) return [`${where}: ${value} is none of ${schema.enum}`];
  if (schema.pattern && kind === 'string' && !new RegExp(schema.pattern, 'u').test(value)) return [`${where}: ${value} is not ${schema.pattern}`];
  if (kind === 'integer' && (value < schema.minimum || value > schema.maximum)) return [`${where}: ${value} out of bounds`];
  if (kind === 'array') return value.flatMap((item, i) => misfits(schema.items ?? {}, item, `${where}/${i}`));
  if (kind !== 'object' || !schema.properties) return [];
  const lacking = (schema.required ?? []).filter((name) => !(name in value)).map((name) => `${where}/${name}: missing`);
  return [...lacking, ...Object.entries(value).flatMap(([name, inner]) => (schema.properties[name]
    ? misfits(schema.properties[name], inner, `${where}/${name}`)
    : schema.additionalProperties === false ? [`${where}/${name}: not described`] : []))];
}

test('answers of a walk past the shelf fit their schemas', async () => {
  const { county, shop, product, lot } = await aSmallShop(server);
  const walk = [['/products'], ['/products/{product_id}', { product_id: product.product_id }], ['/products/{product_id}/anatomy', { product_id: product.product_id }],
    ['/shops'], ['/shops/{shop_id}', { shop_id: shop.shop_id }], ['/categories'], ['/areas'], ['/areas/{code}', { code: county.code }],
    ['/stats', {}, { county: county.code }], ['/trace/{code}', { code: lot.trace_code }], ['/announcements'], ['/ledger/seals', {}, { county: county.code }], ['/poverty-lines']];
  for (const [path, ids = {}, query] of walk) {
    const body = fine(await server.get(path.replace(/\{(\w+)\}/g, (_, name) => ids[name]), { query }));
    assert.deepEqual(misfits(whole.paths[path].get.responses[200].content['application/json'].schema, body), [], path);
  }
  const problem = await server.get(`/products/${county.code}-00000000-0000-7000-8000-000000000000`);
  refused(problem, 404, 'not-found');
  assert.deepEqual(misfits(whole.components.schemas.problem, problem.body), []);
});
