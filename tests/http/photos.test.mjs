// Photos: what a phone sends becomes what a page may show. Real pictures through the real scaler; hostile ones end nothing but themselves.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aServer, fine, refused } from './support.mjs';
import { aBuyer, aCounty, anOfficer, anOperator, aPaidOrder, aProduct, aReceivedOrder, aShop, aSmallShop, someone } from './builders.mjs';
import { aBomb, aPng, webpSize, withExif } from './pictures.mjs';

const server = await aServer();
const png = aPng(900, 600);
const upload = (who, bytes, { use = 'product', type = 'image/jpeg', ...more } = {}) => who.post('/photos', bytes, { query: { use }, headers: { 'content-type': type }, ...more });
const stateOf = async (who, id) => fine(await who.get(`/photos/${id}`));
/** Uploaded and scaled. */
const aPhoto = async (who, use = 'product', bytes = png) => {
  const { photo_id } = fine(await upload(who, bytes, { use, type: 'image/png' }), 201);
  await server.once('photos/scale');
  return photo_id;
};
const fileOf = async (name, who = server) => {
  const response = await fetch(`${server.origin}${name}`, { headers: who.token ? { authorization: `Bearer ${who.token}` } : {} });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
};
const versionOf = async (product) => (await server.sql`SELECT version FROM products WHERE id = ${product.id}`)[0].version;
let keys = 0;
const put = async (who, product, photo_ids, version) => who.put(`/products/${product.product_id}/photos`, { photo_ids }, { version: version ?? await versionOf(product), key: `put-${keys++}` });
const setting = await aSmallShop(server);
const operator = await anOperator(server, setting.shop);

test('an upload waits, then is there in every width, upright and in the colours of the web', async () => {
  const first = fine(await upload(operator, png, { type: 'image/png' }), 201);
  assert.equal(first.state, 'waiting');
  assert.deepEqual((await stateOf(operator, first.photo_id)).sizes, []);
  await server.once('photos/scale');
  const { state, width, height, sizes, used } = await stateOf(operator, first.photo_id);
  assert.deepEqual({ state, width, height, sizes, used }, { state: 'ready', width: 900, height: 600, sizes: [320, 640, 1280], used: false });
  const preview = await fileOf(`/api/v1/photos/${first.photo_id}/file?size=320`, operator);
  assert.equal(preview.headers.get('content-type'), 'image/webp');
  assert.match(preview.headers.get('cache-control'), /^private/);
  assert.deepEqual(webpSize(preview.bytes), { width: 320, height: 213 });
});

test('a small picture is never enlarged', async () => {
  const id = await aPhoto(operator, 'product', aPng(200, 100));
  assert.deepEqual((await stateOf(operator, id)).sizes, [320, 640]);
  for (const size of [320, 640, 1280])
    assert.deepEqual(webpSize((await fileOf(`/api/v1/photos/${id}/file?size=${size}`, operator)).bytes), { width: 200, height: 100 });
});

test('a picture held sideways is turned, and neither place nor device is left in what is served', async () => {
  const cover = await aPhoto(operator);
  fine(await put(operator, setting.product, [cover]));
  const jpeg = (await fileOf(`/photos/${cover}-640.jpg`)).bytes;
  assert.equal(jpeg.subarray(0, 2).toString('hex'), 'ffd8');
  const place = 'N33.4 E104.9 village three';
  const photographed = withExif(jpeg, 6, place);
  const { photo_id } = fine(await upload(operator, photographed), 201);
  await server.once('photos/scale');
  const { state, width, height } = await stateOf(operator, photo_id);
  assert.deepEqual({ state, width, height }, { state: 'ready', width: 427, height: 640 });
  fine(await put(operator, setting.product, [photo_id]));
  for (const name of ['320.webp', '640.webp', '1280.webp', '640.jpg']) {
    const { status, bytes } = await fileOf(`/photos/${photo_id}-${name}`);
    assert.equal(status, 200, name);
    for (const trace of [place, 'Exif', 'EXIF', 'ICC_PROFILE', 'ICCP', 'XMP ']) assert.ok(!bytes.includes(trace), `${name} still says ${trace}`);
  }
  const [{ original }] = await server.sql`SELECT encode(bytes, 'hex') AS original FROM photo_originals WHERE photo_id = ${photo_id}`;
  assert.equal(original, photographed.toString('hex'), 'the original is kept as it came');
});

test('what the bytes are counts, not what the header says', async () => {
  const { photo_id } = fine(await upload(operator, aPng(40, 40), { type: 'image/jpeg' }), 201);
  await server.once('photos/scale');
  assert.equal((await stateOf(operator, photo_id)).state, 'ready');
  refused(await upload(operator, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), { type: 'image/png' }), 415, 'unsupported-media-type');
  refused(await upload(operator, Buffer.from('GIF89a'), { type: 'image/jpeg' }), 415, 'unsupported-media-type');
  refused(await upload(operator, Buffer.alloc(0), { type: 'image/jpeg' }), 415, 'unsupported-media-type');
  refused(await upload(operator, png, { type: 'image/gif' }), 415, 'unsupported-media-type');
});

test('a broken, a truncated and a monstrous picture are refused, and the next one is not', async () => {
  const cover = await aPhoto(operator);
  fine(await put(operator, setting.product, [cover]));
  const jpeg = (await fileOf(`/photos/${cover}-640.jpg`)).bytes;
  const bad = [
    [jpeg.subarray(0, jpeg.length >> 1), 'unreadable'], [jpeg.subarray(0, 20), 'unreadable'], [png.subarray(0, png.length - 200), 'unreadable'],
    [Buffer.concat([jpeg.subarray(0, 200), Buffer.alloc(4000, 0xFF)]), 'unreadable'], [Buffer.from('RIFF\x10\0\0\0WEBPVP8 ', 'latin1'), 'unreadable'],
    [aBomb(60_000, 60_000), 'too-large'], [aBomb(16_000, 16_000), 'too-large'], [aBomb(0, 10), 'unreadable'], [aBomb(7_000, 7_000), 'unreadable'],
  ];
  const ids = [];
  for (const [bytes] of bad) ids.push(fine(await upload(operator, bytes), 201).photo_id);
  const good = fine(await upload(operator, png, { type: 'image/png' }), 201).photo_id;
  await server.once('photos/scale');
  await server.once('photos/scale');
  for (const [i, [, why]] of bad.entries()) {
    const { state, refusal } = await stateOf(operator, ids[i]);
    assert.deepEqual({ state, refusal }, { state: 'refused', refusal: why }, `number ${i}`);
    assert.equal((await fileOf(`/api/v1/photos/${ids[i]}/file`, operator)).status, 404);
  }
  assert.equal((await stateOf(operator, good)).state, 'ready');
  const [{ count }] = await server.sql(`SELECT count(*) FROM photo_originals WHERE photo_id IN (${ids.map((id) => `'${id}'`).join()})`);
  assert.equal(count, 0, 'nobody needs what can not be read');
});

test('too many bytes, nobody\'s upload, no use named, and the same upload twice', async () => {
  refused(await upload(operator, Buffer.concat([png, Buffer.alloc(8 * 1024 * 1024)]), { type: 'image/png' }), 413, 'too-large');
  refused(await upload(server, png, { type: 'image/png' }), 401, 'unauthenticated');
  refused(await operator.post('/photos', png, { headers: { 'content-type': 'image/png' } }), 422, 'invalid');
  refused(await upload(operator, png, { type: 'image/png', use: 'portrait' }), 422, 'invalid');
  const key = 'one-photo-once';
  const once = fine(await upload(operator, png, { type: 'image/png', key }), 201);
  const again = await upload(operator, png, { type: 'image/png', key });
  assert.deepEqual(fine(again, 201), once);
  assert.equal(again.headers.get('idempotent-replayed'), 'true');
});

test('an account uploads a number a day', async () => {
  const buyer = await aBuyer(server);
  await server.sql`INSERT INTO photos (id, owner_id, purpose, kind, bytes_count, created_at, unused_since)
    SELECT gen_random_uuid(), ${buyer.account_id}, 'review', 'png', 1, now(), now() FROM generate_series(1, 200)`;
  refused(await upload(buyer, png, { type: 'image/png', use: 'review' }), 429, 'too-many');
  await server.sql`DELETE FROM photos WHERE owner_id = ${buyer.account_id}`;
  fine(await upload(buyer, png, { type: 'image/png', use: 'review' }), 201);
});

test('what became of an upload is told to its owner only', async () => {
  const id = await aPhoto(operator);
  for (const who of [await aBuyer(server), await anOfficer(server, setting.county), await anOperator(server, setting.shop)]) {
    refused(await who.get(`/photos/${id}`), 404, 'not-found');
    refused(await who.get(`/photos/${id}/file`), 404, 'not-found');
  }
  assert.equal((await fileOf(`/photos/${id}-640.webp`)).status, 404, 'nothing shows it');
});

test('a product has photos in order, the first is the cover in lists; what is let go is no longer served', async () => {
  const { shop, product } = await aSmallShop(server);
  const keeper = await anOperator(server, shop);
  const [a, b, c] = [await aPhoto(keeper), await aPhoto(keeper), await aPhoto(keeper)];
  const before = await versionOf(product);
  const first = fine(await put(keeper, product, [b, a]));
  assert.deepEqual(first.photos, [{ photo_id: b, width: 900, height: 600 }, { photo_id: a, width: 900, height: 600 }]);
  assert.equal(first.version, before + 1);
  refused(await put(keeper, product, [c], before), 412, 'stale');
  const page = fine(await server.get(`/products/${product.product_id}`));
  assert.deepEqual(page.photos.map(({ photo_id }) => photo_id), [b, a]);
  for (const query of [{}, { shop_id: shop.shop_id }, { sort: 'price', shop_id: shop.shop_id }]) {
    const { items } = fine(await server.get('/products', { query: { limit: 100, ...query } }));
    assert.equal(items.find(({ product_id }) => product_id === product.product_id).cover_photo_id, b);
  }
  const served = await fileOf(`/photos/${b}-640.webp`);
  assert.equal(served.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  assert.equal(served.headers.get('content-type'), 'image/webp');
  assert.equal(served.headers.get('x-content-type-options'), 'nosniff');

  const colleague = await anOperator(server, shop);
  assert.deepEqual(fine(await put(colleague, product, [a])).photos.map(({ photo_id }) => photo_id), [a], 'another operator of the shop puts them in order');
  await server.until(async () => (await fileOf(`/photos/${b}-640.webp`)).status === 404);
  assert.equal((await stateOf(keeper, b)).used, false);
  fine(await put(keeper, product, []));
  assert.equal(fine(await server.get('/products', { query: { shop_id: shop.shop_id, limit: 99 } })).items[0].cover_photo_id, null);
});

test('photos of a product are the operator\'s own, ready, meant for goods, and shown once', async () => {
  const { county, shop, product } = await aSmallShop(server);
  const keeper = await anOperator(server, shop), mine = await aPhoto(keeper);
  const wrong = async (photo_ids, at) => assert.equal(refused(await put(keeper, product, photo_ids), 409, 'photo-not-ready')[0].pointer, `/photo_ids/${at}`);
  await wrong([mine, await aPhoto(operator)], 1);
  await wrong([await aPhoto(keeper, 'review')], 0);
  await wrong([fine(await upload(keeper, png, { type: 'image/png' }), 201).photo_id], 0);
  await wrong(['00000000-0000-7000-8000-000000000000'], 0);
  fine(await put(keeper, product, [mine]));
  const other = await aProduct(server, shop);
  refused(await put(keeper, other, [mine]), 409, 'photo-not-ready');
  refused(await put(await anOperator(server, await aShop(server, county)), product, []), 404, 'not-found');
  refused(await put(await aBuyer(server), product, []), 403, 'forbidden');
  assert.deepEqual(refused(await put(keeper, product, [mine, mine]), 422, 'invalid').map(({ pointer, code }) => [pointer, code]), [['/photo_ids/1', 'repeated']]);
  refused(await put(keeper, product, Array.from({ length: 9 }, (_, i) => `00000000-0000-7000-8000-00000000000${i}`)), 422, 'invalid');
});

test('of two products that want a photo at the same moment one gets it', async () => {
  const { shop, product } = await aSmallShop(server);
  const other = await aProduct(server, shop), keeper = await anOperator(server, shop), id = await aPhoto(keeper);
  const answers = await Promise.all([put(keeper, product, [id]), put(keeper, other, [id])]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
  const [{ count }] = await server.sql`SELECT count(*) FROM products WHERE cover_photo_id = ${id}`;
  assert.equal(count, 1);
});

test('photos of goods not on offer are for their shop and county, not for the public', async () => {
  const { county, shop, product } = await aSmallShop(server);
  const keeper = await anOperator(server, shop), id = await aPhoto(keeper);
  fine(await put(keeper, product, [id]));
  await server.sql`UPDATE products SET state = 'proposed' WHERE id = ${product.id}`;
  assert.equal((await fileOf(`/photos/${id}-640.webp`)).status, 404);
  const where = `/api/v1/products/${product.product_id}/photos/${id}?size=320`;
  for (const who of [await anOperator(server, shop), await anOfficer(server, county)]) {
    const { status, bytes, headers } = await fileOf(where, who);
    assert.equal(status, 200, 'who decides on it sees it');
    assert.deepEqual(webpSize(bytes), { width: 320, height: 213 });
    assert.match(headers.get('cache-control'), /^private/);
  }
  for (const who of [await anOperator(server, await aShop(server, county)), await anOfficer(server, await aCounty(server))])
    assert.equal((await fileOf(where, who)).status, 404);
  assert.equal((await fileOf(where, await aBuyer(server))).status, 403);
  await server.sql`UPDATE products SET state = 'approved' WHERE id = ${product.id}`;
  await server.sql`UPDATE shops SET state = 'suspended' WHERE id = ${shop.id}`;
  assert.equal((await fileOf(`/photos/${id}-320.webp`)).status, 404);
});

test('names that are no files are not found, other methods not offered', async () => {
  for (const name of ['x', `${'0'.repeat(36)}-640.webp`, '00000000-0000-7000-8000-000000000000-641.webp', '00000000-0000-7000-8000-000000000000-320.jpg', '00000000-0000-7000-8000-000000000000'])
    assert.equal((await fileOf(`/photos/${name}`)).status, 404, name);
  assert.equal((await fetch(`${server.origin}/photos/x-640.webp`, { method: 'DELETE' })).status, 405);
});

test('a return shows its photos to its buyer, its shop and its county, and to nobody else', async () => {
  const order = await aReceivedOrder(server, setting);
  const line = fine(await order.buyer.get(`/orders/${order.order_id}`)).lines[0].order_line_id;
  const ask = (photo_ids) => order.buyer.post(`/orders/${order.order_id}/returns`, { order_line_id: line, packs: 1, cause: 'quality', words: '袋子破了', photo_ids });
  const waiting = fine(await upload(order.buyer, png, { use: 'return', type: 'image/png' }), 201).photo_id;
  assert.equal(refused(await ask([waiting]), 409, 'photo-not-ready')[0].pointer, '/photo_ids/0');
  await server.once('photos/scale');
  refused(await ask([waiting, await aPhoto(operator, 'return')]), 409, 'photo-not-ready');
  fine(await ask([waiting]), 201);
  const shown = [{ photo_id: waiting, width: 900, height: 600 }];
  assert.deepEqual(fine(await order.buyer.get(`/orders/${order.order_id}`)).returns[0].photos, shown);
  assert.deepEqual(fine(await order.operator.get(`/shops/${setting.shop.shop_id}/returns`)).items[0].photos, shown);
  const where = `/api/v1/orders/${order.order_id}/photos/${waiting}?size=320`;
  const officer = await anOfficer(server, setting.county);
  for (const who of [order.buyer, order.operator, officer]) {
    const file = await fileOf(where, who);
    assert.equal(file.status, 200);
    assert.deepEqual(webpSize(file.bytes), { width: 320, height: 213 });
    assert.match(file.headers.get('cache-control'), /^private/);
  }
  const strangers = [await aBuyer(server), await anOperator(server, await aShop(server, setting.county)), await anOfficer(server, await aCounty(server))];
  for (const who of strangers) assert.equal((await fileOf(where, who)).status, 404);
  assert.equal((await fileOf(where)).status, 401);
  assert.equal((await fileOf(`/photos/${waiting}-320.webp`)).status, 404);
  const elsewhere = await aPaidOrder(server, setting);
  assert.equal((await fileOf(`/api/v1/orders/${elsewhere.order_id}/photos/${waiting}`, officer)).status, 404, 'not of that order');
});

test('a review shows its photos as long as it is shown', async () => {
  const order = await aReceivedOrder(server, setting);
  const id = await aPhoto(order.buyer, 'review');
  const { review_id } = fine(await order.buyer.post(`/products/${setting.product.product_id}/reviews`, { order_id: order.order_id, rating: 5, words: '好吃', photo_ids: [id] }), 201);
  const { items } = fine(await server.get(`/products/${setting.product.product_id}/reviews`));
  assert.deepEqual(items[0].photos, [{ photo_id: id, width: 900, height: 600 }]);
  assert.equal((await fileOf(`/photos/${id}-640.webp`)).status, 200);
  const officer = await anOfficer(server, setting.county);
  fine(await officer.post(`/reviews/${review_id}/hide`, { reason: '拍到了邻居' }));
  await server.until(async () => (await fileOf(`/photos/${id}-640.webp`)).status === 404);
  fine(await officer.post(`/reviews/${review_id}/show`, { reason: '是自己家' }));
  await server.until(async () => (await fileOf(`/photos/${id}-640.webp`)).status === 200);
  fine(await order.buyer.delete(`/reviews/${review_id}`, { key: 'take-it-back' }));
  await server.until(async () => (await fileOf(`/photos/${id}-640.webp`)).status === 404);
  assert.equal((await stateOf(order.buyer, id)).used, false);
});

test('what nothing shows for seven days is thrown away with its bytes; what is shown stays', async () => {
  const { shop, product } = await aSmallShop(server);
  const keeper = await anOperator(server, shop);
  const [old, fresh, shown] = [await aPhoto(keeper), await aPhoto(keeper), await aPhoto(keeper)];
  fine(await put(keeper, product, [shown]));
  await server.sql(`UPDATE photos SET created_at = created_at - interval '8 days', unused_since = unused_since - interval '8 days' WHERE id IN ('${old}', '${shown}')`);
  await server.once('photos/purge');
  refused(await keeper.get(`/photos/${old}`), 404, 'not-found');
  assert.equal((await stateOf(keeper, fresh)).state, 'ready');
  assert.equal((await stateOf(keeper, shown)).state, 'ready');
  const [{ count }] = await server.sql(`SELECT (SELECT count(*) FROM photo_files WHERE photo_id = '${old}') + (SELECT count(*) FROM photo_originals WHERE photo_id = '${old}') AS count`);
  assert.equal(count, 0);
});

test('two jobs on the same picture leave it once', async () => {
  const who = await someone(server);
  const { photo_id } = fine(await upload(who, png, { type: 'image/png' }), 201);
  await Promise.all([server.once('photos/scale'), server.once('photos/scale')]);
  const { state, sizes } = await stateOf(who, photo_id);
  assert.deepEqual({ state, sizes }, { state: 'ready', sizes: [320, 640, 1280] });
});
