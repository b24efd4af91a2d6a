// The guest's cart: priced shop by shop, whatever has become of its lines.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { aBuyer, aLot, anOffer, aProduct, aSmallShop } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer();
const setting = await aSmallShop(server, { packs: 10 });
const other = await aSmallShop(server, { packs: 100, price_fen: 500, freight: [{ destination: setting.county.code.slice(0, 2), first_g: 1000, first_fen: 900, further_g: 1000, further_fen: 100, delivered: false }] });
const here = setting.county.villages[0];
const quote = (lines, more = {}) => server.post('/quotes', { lines, ...more }, { key: null });
const of = ({ offer }, packs) => ({ offer_id: offer.offer_id, packs });

test('a_guest_learns_prices_and_freight_shop_by_shop', async () => {
  const answer = fine(await quote([of(setting, 3)], { destination_code: here }), 200);
  const [{ shop_id, lines: [line], ...shop }] = answer.shops;
  assert.equal(shop_id, setting.shop.shop_id);
  assert.deepEqual(shop, { shop_name: '试店', goods_fen: 5700, freight_fen: 700, freight_problem: null });
  assert.deepEqual({ ...line, name: undefined }, { offer_id: setting.offer.offer_id, product_id: setting.product.product_id, name: undefined, packs: 3, pack_qty: 500,
    price_fen: 1900, line_gross_fen: 5700, available_packs: 10, availability: 'few', problems: [] });
  assert.deepEqual([answer.goods_fen, answer.freight_fen, answer.total_fen, answer.lost], [5700, 700, 6400, []]);
});

test('a_quote_is_what_the_checkout_takes', async () => {
  const quoted = fine(await quote([of(setting, 3)], { destination_code: here }), 200);
  const buyer = await aBuyer(server);
  const purchase = fine(await buyer.post('/checkout', { lines: [of(setting, 3)], address: setting.address }), 201);
  assert.equal(purchase.total_fen, quoted.total_fen);
  fine(await buyer.post(`/purchases/${purchase.purchase_id}/cancel`));
});

test('lines_that_cannot_be_had_are_named_and_the_rest_is_priced', async () => {
  const gone = { offer_id: `${setting.county.code}-${randomUUID()}`, packs: 1 };
  const answer = fine(await quote([of(setting, 11), of(other, 2), gone], { destination_code: here }), 200);
  assert.deepEqual(answer.shops.map(({ lines: [{ problems }], freight_problem }) => [problems, freight_problem]), [[['out-of-stock'], null], [[], 'not-delivered']]);
  assert.deepEqual(answer.lost, [{ ...gone, problems: ['not-found'] }]);
  assert.deepEqual([answer.goods_fen, answer.freight_fen, answer.total_fen], [1000, null, null]);
  assert.equal(fine(await quote([of(setting, 1)]), 200).total_fen, null, 'no destination, no freight');
});

test('two_offers_of_the_same_goods_share_them_and_limits_are_for_the_purchase', async () => {
  const product = await aProduct(server, setting.shop);
  await aLot(server, product, [{ household: setting.household, quantity_qty: 2000 }]);
  const small = { offer: await anOffer(server, product, { packs_per_buyer_max: 3 }) }, big = { offer: await anOffer(server, product, { pack_qty: 1000 }) };
  const problems = (answer) => fine(answer, 200).shops[0].lines.map((line) => line.problems);
  assert.deepEqual(problems(await quote([of(small, 2), of(big, 1)])), [[], []]);
  assert.deepEqual(problems(await quote([of(small, 3), of(big, 1)])), [[], ['out-of-stock']]);
  assert.deepEqual(problems(await quote([of(small, 2), of(small, 2)])), [['over-limit'], ['over-limit']]);
  await server.sql`UPDATE offers SET listed = false WHERE id = ${big.offer.id}`;
  assert.deepEqual(problems(await quote([of(big, 1)])), [['not-on-sale']]);
});

test('a_wrong_question_is_refused_and_plenty_is_not_counted_out', async () => {
  refused(await quote([]), 422, 'invalid');
  const [error] = refused(await quote([{ offer_id: 'x', packs: 0 }]), 422, 'invalid');
  assert.match(error.pointer, /^\/lines\/0\//);
  const [{ lines: [line] }] = fine(await quote([of(other, 1)]), 200).shops;
  assert.deepEqual([line.available_packs, line.availability], [20, 'plenty']);
});
