// Reviews: only who bought may say something, once a line; the public sees words and masked names, the average follows every change.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aServer, fine, refused } from './support.mjs';
import { aBuyer, aCounty, anOfficer, anOperator, aPaidOrder, aProduct, aReceivedOrder, aShop, aSmallShop } from './builders.mjs';

const server = await aServer();
const written = { rating: 4, words: '核桃很香，皮也薄。' };
const reviewOf = (order, setting, more = {}) => order.buyer.post(`/products/${setting.product.product_id}/reviews`, { order_id: order.order_id, ...written, ...more });
const aReview = async (setting = null, more = {}) => {
  setting ??= await aSmallShop(server);
  const order = await aReceivedOrder(server, setting);
  const { review_id } = fine(await reviewOf(order, setting, more), 201);
  return { ...setting, order, review_id, buyer: order.buyer, operator: order.operator };
};
/** As the cache will show it: asked with a query of its own each time. */
let asked = 0;
const seen = async ({ product }) => {
  const [{ reviews_count, rating_sum }] = await server.sql`SELECT coalesce(sum(reviews_count), 0) AS reviews_count, coalesce(sum(rating_sum), 0) AS rating_sum
    FROM product_ratings WHERE product_id = ${product.id}`;
  const { items } = fine(await server.get(`/products/${product.product_id}/reviews`, { query: { limit: 10 + (asked++ % 90) } }));
  return { reviews_count, rating_sum, items };
};

test('a review is public at once, with a masked name, and makes the average', async () => {
  const setting = await aSmallShop(server);
  await aReview(setting, { rating: 4 });
  const { buyer, review_id } = await aReview(setting, { rating: 5, words: '很好。' });
  const { items } = await seen(setting);
  assert.deepEqual(items.map(({ rating }) => rating).sort(), [4, 5]);
  assert.equal(items[0].review_id, review_id, 'newest first');
  assert.equal(items[0].author, `${buyer.login[0]}*`);
  assert.equal(items[0].bought.length > 0, true);
  assert.ok(!JSON.stringify(items).includes(buyer.account_id));
  const product = fine(await server.get(`/products/${setting.product.product_id}`));
  assert.deepEqual([product.reviews_count, product.rating_hundredths], [2, 450]);
});

test('goods without a review have no average', async () => {
  const { product } = await aSmallShop(server);
  const { reviews_count, rating_hundredths } = fine(await server.get(`/products/${product.product_id}`));
  assert.deepEqual([reviews_count, rating_hundredths], [0, null]);
});

test('the order says what can still be reviewed, to its buyer only', async () => {
  const setting = await aSmallShop(server);
  const order = await aReceivedOrder(server, setting);
  const line = async (who) => fine(await who.get(`/orders/${order.order_id}`)).lines[0];
  assert.deepEqual([(await line(order.buyer)).reviewable, (await line(order.buyer)).review_id], [true, null]);
  assert.equal((await line(order.buyer)).product_id, setting.product.product_id);
  assert.equal((await line(order.operator)).reviewable, false);
  const { review_id } = fine(await reviewOf(order, setting), 201);
  assert.deepEqual([(await line(order.buyer)).reviewable, (await line(order.buyer)).review_id], [false, review_id]);
  assert.equal((await line(order.operator)).review_id, null);
});

test('what has not come, came to somebody else or is another product can not be reviewed', async () => {
  const setting = await aSmallShop(server);
  refused(await reviewOf(await aPaidOrder(server, setting), setting), 409, 'wrong-state');
  const order = await aReceivedOrder(server, setting);
  refused(await (await aBuyer(server)).post(`/products/${setting.product.product_id}/reviews`, { order_id: order.order_id, ...written }), 404, 'not-found');
  refused(await order.operator.post(`/products/${setting.product.product_id}/reviews`, { order_id: order.order_id, ...written }), 404, 'not-found');
  const other = await aProduct(server, setting.shop);
  refused(await order.buyer.post(`/products/${other.product_id}/reviews`, { order_id: order.order_id, ...written }), 404, 'not-found');
  refused(await server.post(`/products/${setting.product.product_id}/reviews`, { order_id: order.order_id, ...written }), 401, 'unauthenticated');
});

test('a closed order can still be reviewed', async () => {
  const setting = await aSmallShop(server);
  fine(await reviewOf(await aReceivedOrder(server, setting, { closed: true }), setting), 201);
});

test('a line is reviewed once: a second try, a repeat, and ten at the same moment', async () => {
  const setting = await aSmallShop(server);
  const order = await aReceivedOrder(server, setting);
  const where = `/products/${setting.product.product_id}/reviews`, body = { order_id: order.order_id, ...written };
  const answers = await Promise.all(Array.from({ length: 10 }, () => order.buyer.post(where, body)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, ...Array(9).fill(409)]);
  refused(await order.buyer.post(where, body), 409, 'taken');
  assert.equal((await seen(setting)).reviews_count, 1);

  const again = await aReceivedOrder(server, setting);
  const key = 'one-review-one-key';
  const first = fine(await again.buyer.post(where, { ...body, order_id: again.order_id }, { key }), 201);
  assert.deepEqual(fine(await again.buyer.post(where, { ...body, order_id: again.order_id }, { key }), 201), first);
  assert.equal((await seen(setting)).reviews_count, 2);
});

test('what is wrong is named field by field', async () => {
  const setting = await aSmallShop(server);
  const order = await aReceivedOrder(server, setting);
  const codes = async (more) => refused(await reviewOf(order, setting, more), 422, 'invalid').map(({ pointer, code }) => `${pointer} ${code}`);
  assert.deepEqual(await codes({ rating: 6 }), ['/rating above-max']);
  assert.deepEqual(await codes({ rating: 0 }), ['/rating below-min']);
  assert.deepEqual(await codes({ words: '' }), ['/words too-short']);
  assert.deepEqual(await codes({ words: '好'.repeat(501) }), ['/words too-long']);
  assert.deepEqual(await codes({ photo_ids: ['nothing'] }), ['/photo_ids/0 not-an-id']);
  assert.deepEqual(await codes({ stars: 5 }), ['/stars unknown-field']);
});

test('the author changes it for thirty days, by version; nobody else does', async () => {
  const review = await aReview();
  const where = `/reviews/${review.review_id}`;
  const own = fine(await review.buyer.get(where));
  assert.deepEqual([own.rating, own.own, own.changeable, own.version], [4, true, true, 1]);
  assert.equal(fine(await review.buyer.patch(where, { rating: 2, words: '第二包有虫。' }, { version: 1, key: 'change-1' })).version, 2);
  refused(await review.buyer.patch(where, { rating: 3 }, { version: 1, key: 'change-2' }), 412, 'stale');
  refused(await (await aBuyer(server)).patch(where, { rating: 3 }, { version: 2, key: 'change-3' }), 404, 'not-found');
  refused(await review.operator.patch(where, { rating: 3 }, { version: 2, key: 'change-4' }), 404, 'not-found');
  const { rating_sum, items } = await seen(review);
  assert.deepEqual([rating_sum, items[0].rating, items[0].words], [2, 2, '第二包有虫。']);
  assert.ok(items[0].changed_at);
  await server.sql`UPDATE reviews SET created_at = created_at - interval '31 days' WHERE id = ${review.review_id.slice(7)}`;
  refused(await review.buyer.patch(where, { rating: 5 }, { version: 2, key: 'change-5' }), 409, 'wrong-state');
});

test('who changes and hides at the same moment leaves the sum right', async () => {
  const setting = await aSmallShop(server);
  const reviews = await Promise.all(Array.from({ length: 5 }, () => aReview(setting)));
  const officer = await anOfficer(server, setting.county);
  await Promise.all(reviews.flatMap(({ buyer, review_id }, i) => [
    buyer.patch(`/reviews/${review_id}`, { rating: 1 }, { version: 1, key: `race-${i}` }),
    officer.post(`/reviews/${review_id}/hide`, { reason: '含有电话' }),
    buyer.delete(`/reviews/${review_id}`, { key: `gone-${i}` }),
  ]));
  const [{ count, sum }] = await server.sql`SELECT count(*), coalesce(sum(rating), 0) AS sum FROM reviews WHERE product_id = ${setting.product.id} AND state = 'shown'`;
  const { reviews_count, rating_sum } = await seen(setting);
  assert.deepEqual([reviews_count, rating_sum], [count, sum]);
});

test('the author takes it back for good', async () => {
  const review = await aReview();
  refused(await review.operator.delete(`/reviews/${review.review_id}`, { key: 'not-mine' }), 404, 'not-found');
  assert.equal(fine(await review.buyer.delete(`/reviews/${review.review_id}`, { key: 'mine' })).state, 'deleted');
  assert.deepEqual(await seen(review), { reviews_count: 0, rating_sum: 0, items: [] });
  refused(await review.buyer.get(`/reviews/${review.review_id}`), 404, 'not-found');
  refused(await reviewOf(review.order, review), 409, 'taken');
  assert.equal(fine(await review.buyer.get(`/orders/${review.order.order_id}`)).lines[0].reviewable, false);
  const [{ words }] = await server.sql`SELECT words FROM reviews WHERE id = ${review.review_id.slice(7)}`;
  assert.equal(words, '');
});

test('the shop answers, may change its answer, and answers no other shop\'s', async () => {
  const review = await aReview();
  const where = `/reviews/${review.review_id}/reply`;
  fine(await review.operator.post(where, { words: '谢谢，欢迎再来。' }));
  assert.equal(fine(await review.operator.post(where, { words: '谢谢，明年早点来。' })).reply, '谢谢，明年早点来。');
  assert.equal((await seen(review)).items[0].reply, '谢谢，明年早点来。');
  const stranger = await anOperator(server, await aShop(server, review.county));
  refused(await stranger.post(where, { words: '别买' }), 404, 'not-found');
  refused(await review.buyer.post(where, { words: '我自己答' }), 403, 'forbidden');
});

test('a shop reads the reviews of its goods, those without an answer too; another shop none of them', async () => {
  const review = await aReview();
  const where = `/shops/${review.shop.shop_id}/reviews`;
  assert.deepEqual(fine(await review.operator.get(where, { query: { answered: false } })).items.map(({ review_id }) => review_id), [review.review_id]);
  assert.deepEqual(fine(await review.operator.get(where, { query: { answered: true } })).items, []);
  const stranger = await anOperator(server, await aShop(server, review.county));
  assert.deepEqual(fine(await stranger.get(where)).items, []);
});

test('the county hides with a reason and shows again; both are on record', async () => {
  const review = await aReview();
  const officer = await anOfficer(server, review.county), elsewhere = await anOfficer(server, await aCounty(server));
  const hide = `/reviews/${review.review_id}/hide`, show = `/reviews/${review.review_id}/show`;
  refused(await elsewhere.post(hide, { reason: '广告' }), 404, 'not-found');
  refused(await review.operator.post(hide, { reason: '不好听' }), 403, 'forbidden');
  refused(await officer.post(hide, {}), 422, 'invalid');
  assert.equal(fine(await officer.post(hide, { reason: '含有电话号码' })).state, 'hidden');
  assert.deepEqual(await seen(review), { reviews_count: 0, rating_sum: 0, items: [] });
  refused(await officer.post(hide, { reason: '再来一次' }), 409, 'wrong-state');
  assert.equal(fine(await review.buyer.get(`/reviews/${review.review_id}`)).state, 'hidden');
  refused(await review.buyer.patch(`/reviews/${review.review_id}`, { words: '换一句' }, { version: 2, key: 'hidden-1' }), 409, 'wrong-state');
  refused(await review.operator.post(`/reviews/${review.review_id}/reply`, { words: '好' }), 409, 'wrong-state');
  assert.equal(fine(await officer.post(show, { reason: '号码已经删去' })).state, 'shown');
  assert.equal((await seen(review)).reviews_count, 1);
  const events = await server.sql`SELECT event, reason FROM audit_events WHERE subject_id = ${review.review_id.slice(7)} ORDER BY at`;
  assert.deepEqual(events, [{ event: 'review_hidden', reason: '含有电话号码' }, { event: 'review_shown', reason: '号码已经删去' }]);
});

test('reviews page by cursor', async () => {
  const setting = await aSmallShop(server);
  const ids = [];
  for (let i = 0; i < 3; i++) ids.push((await aReview(setting)).review_id);
  const first = fine(await server.get(`/products/${setting.product.product_id}/reviews`, { query: { limit: 2 } }));
  const second = fine(await server.get(`/products/${setting.product.product_id}/reviews`, { query: { limit: 2, cursor: first.next_cursor } }));
  assert.deepEqual([...first.items, ...second.items].map(({ review_id }) => review_id), ids.reverse());
  assert.equal(second.next_cursor, null);
});
