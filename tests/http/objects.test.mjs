// Whose object it is: every route with an id, asked with ids that exist, by those who hold the right role for another county, shop or cart.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { bodyOf } from './bodies.mjs';
import { aCounty, addressIn, aHousehold, aReceivedOrder, aShop, aSmallShop, someone } from './builders.mjs';
import { aServer, fine, program, run } from './support.mjs';

const server = await aServer();
const routes = JSON.parse((await run(program, ['routes', '--json'])).output).filter(({ path }) => /_id\}/.test(path));
const setting = await aSmallShop(server);
const sold = await aReceivedOrder(server, setting, { closed: true });
const address = fine(await sold.buyer.post('/me/addresses', addressIn(setting.county)), 201);
const elsewhere = await aCounty(server);
const otherShop = await aShop(server, elsewhere);
const neighbour = await aShop(server, setting.county);
const otherHousehold = await aHousehold(server, elsewhere);

const inCounty = (id) => `${setting.county.code}-${id}`;
const first = async (table, column = 'id') => (await server.sql(`SELECT ${column} AS id FROM ${table} LIMIT 1`))[0]?.id;
const ids = {
  shop_id: setting.shop.shop_id, product_id: setting.product.product_id, offer_id: setting.offer.offer_id, lot_id: setting.lot.lot_id,
  order_id: sold.order_id, purchase_id: sold.purchase.purchase_id, household_id: setting.household.household_id,
  supplier_id: setting.household.supplier_id, station_id: inCounty(setting.county.station), address_id: address.address_id,
  agreement_id: inCounty(await first('link_agreements')), account_id: sold.buyer.account_id,
  session_id: await first('sessions'), token_id: await first('sessions'),
};
const of = ({ county, id }) => ({ organisation_county: county, organisation_id: id });
const grants = {
  buyer: [null], operator: [of(otherShop), of(neighbour)], household: [of(otherHousehold)],
  inspector: [{ area_code: elsewhere.code }, of({ county: elsewhere.code, id: elsewhere.station })],
};
const strangers = {};
for (const role of new Set(routes.flatMap(({ may }) => may)))
  strangers[role] = await Promise.all((grants[role] ?? [{ area_code: elsewhere.code }]).map((bound) => someone(server, { roles: bound ? [{ role, ...bound }] : [] })));

/** A number in the right form that belongs to nobody: the sequence 000 is never given out. */
const idNumber = () => {
  const digits = '62120219900101000';
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (2 ** (17 - i) % 11), 0);
  return digits + '10X98765432'[sum % 11];
};
// What a field table can't say, because code checks it before any row is read.
const told = { steps: undefined, role: 'cadre', area_code: setting.county.villages[0], id_number: idNumber(), organisation_id: undefined, valid_to: '2100-01-01' };
const goodBody = ({ body }) => body && Object.fromEntries(Object.entries(bodyOf(body, setting.county.code)).map(([name, value]) => [name, name in told ? told[name] : value]));

const pathOf = ({ path, plain_ids }) => path.replace(/\{(\w+)\}/g, (_, name) => ids[name] ?? (plain_ids.split(' ').includes(name) ? randomUUID() : name.endsWith('_id') ? inCounty(randomUUID()) : 'nothing'));
const isKnown = ({ path }) => [...path.matchAll(/\{(\w+_id)\}/g)].some(([, name]) => ids[name]);
const guarded = routes.filter((route) => route.may.length > 0 && isKnown(route));

test('nobody_reads_or_changes_what_is_in_another_hand', async () => {
  assert.ok(guarded.length > 30);
  const wrong = [];
  for (const route of guarded) {
    for (const role of route.may.filter((one) => one !== 'administrator')) { // who is a stranger nowhere
      for (const stranger of strangers[role]) {
        const { status, text } = await stranger.api(route.method, pathOf(route), {
          version: 1, key: route.idempotent ? randomUUID() : undefined,
          ...(route.upload ? { body: 'a\n', headers: { 'content-type': route.upload } } : { body: goodBody(route) }),
        });
        const isEmptyList = status === 200 && /^\{"items":\[\]/.test(text);
        if (status !== 404 && status !== 403 && !isEmptyList) wrong.push(`${route.method} ${route.path} as a stranger's ${role}: ${status} ${text}`);
      }
    }
    assert.equal((await server.api(route.method, pathOf(route))).status, 401, `${route.method} ${route.path} as a guest`);
  }
  assert.deepEqual(wrong, []);
});

test('their_owners_do_reach_them', async () => {
  fine(await sold.buyer.get(`/orders/${sold.order_id}`));
  fine(await sold.operator.get(`/shops/${setting.shop.shop_id}/orders`));
});
