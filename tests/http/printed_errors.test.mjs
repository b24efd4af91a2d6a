// Errors that stand in the source texts and concern units, periods, sources and definitions: refused, or kept apart with what tells them apart.
// Those of arithmetic are fixtures of tests/unit/registry/plausible_test.c, those of a household of quality.test.mjs and import.test.mjs.
import assert from 'node:assert/strict';
import test from 'node:test';
import { aCounty, anOfficer } from './builders.mjs';
import { aServer, fine, refused } from './support.mjs';

const server = await aServer();
const aFigure = (county, more) => ({ area_code: county.code, indicator: 'K08', from_on: '2015-01-01', to_on: '2015-12-31', value: 660_000, source: 'yearbook', ...more });

test('wrong unit: Guizhou reduced the poverty by 1.22 million yuan; a figure has the unit of its indicator and no other', async () => {
  const county = await aCounty(server), officer = await anOfficer(server, county);
  const [error] = refused(await officer.post('/outside-figures', { items: [aFigure(county, { unit: 'fen' })] }), 422, 'invalid');
  assert.equal(error.pointer, '/items/0/unit');
  refused(await officer.post('/outside-figures', { items: [aFigure(county, { value: -1 })] }), 422, 'invalid');
});

test('same indicator, two values: 240 or 261 demonstration counties; both stay, each with its source, and are not summed', async () => {
  const county = await aCounty(server), officer = await anOfficer(server, county);
  for (const [value, source] of [[240, '000_2c8c4e820e6cac37.txt'], [261, '001_df93a06daeb4baff.txt']])
    fine(await officer.post('/outside-figures', { items: [aFigure(county, { value, source })] }), 201);
  const { items } = fine(await officer.get('/outside-figures', { query: { area: county.code } }));
  assert.deepEqual(items.map(({ value, source, holds }) => [value, source, holds]), [[261, '001_df93a06daeb4baff.txt', true], [240, '000_2c8c4e820e6cac37.txt', false]]);
  const shown = fine(await officer.get('/reports/indicators', { query: { area: county.code, from: '2015-01-01', to: '2015-12-31', indicator: 'K08' } })).items;
  assert.deepEqual(shown.map((one) => one.share_ppm), [261]);
});

test('definition: 11.3 % or one third of the funds; every figure names the version of its definition, which never changes', async () => {
  const county = await aCounty(server), officer = await anOfficer(server, county);
  const { items } = fine(await officer.get('/reports/indicators', { query: { area: county.code, from: '2015-01-01', to: '2015-12-31', limit: 100 } }));
  assert.ok(items.every((one) => one.formula && one.meaning));
  const [{ may }] = await server.sql`SELECT has_table_privilege('shanhuo_app', 'indicators', 'UPDATE') AS may`;
  assert.equal(may, false);
});

test('period label: in 2013 up 13 % over 2013; a year is never dearer than itself', async () => {
  const county = await aCounty(server), officer = await anOfficer(server, county);
  const factor = (more) => officer.post('/price-factors', { area_code: county.code, base_year: 2013, year: 2013, factor_ppm: 1_130_000, source: 'bureau', ...more });
  refused(await factor({}), 422, 'invalid');
  fine(await factor({ factor_ppm: 1_000_000 }), 201);
  fine(await factor({ year: 2014 }), 201);
});
