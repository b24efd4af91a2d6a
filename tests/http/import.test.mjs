// A county's household file: what stops it, what it finds, what comes into the registry, from the command line and over HTTP.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { aCounty, aHousehold, anOfficer } from './builders.mjs';
import { anXlsx } from './sheets.mjs';
import { aServer, fine, refused, unique } from './support.mjs';

const server = await aServer();
const columns = ['户编号', '村代码', '姓名', '证件号码', '与户主关系', '贫困户状态', '状态日期', '致贫原因', '联系电话', '银行账号', '基期年份', '收入口径', '数据来源', '工资性收入', '家庭年收入合计'];

/** A resident ID number that nobody has: county of the tests, born on the day, with its check digit. */
let born = 0;
function anIdNumber({ female = false, birthday } = {}) {
  const day = birthday ?? new Date(Date.UTC(1950, 0, 1) + born++ * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  const digits = `990121${day}00${female ? 2 : 1}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = [...digits].reduce((total, digit, i) => total + digit * weights[i], 0);
  return digits + '10X98765432'[sum % 11];
}

let cards = 0;
const aHead = (county, more = {}) => ({ 户编号: `C${cards++}`, 村代码: county.villages[0], 姓名: '张三', 证件号码: anIdNumber(), 与户主关系: '户主', 贫困户状态: '在册', 状态日期: '2016-05-01', 致贫原因: '因病', ...more });
const aRelative = (head, more = {}) => ({ 户编号: head.户编号, 村代码: head.村代码, 姓名: '李四', 证件号码: anIdNumber({ female: true }), 与户主关系: '配偶', ...more });
const csv = (rows, names = columns) => [names, ...rows.map((row) => names.map((name) => row[name] ?? ''))].map((row) => row.join(',')).join('\r\n') + '\r\n';

async function importFile(county, content, ...options) {
  const file = path.join(server.folder, `${unique('households')}.csv`);
  await writeFile(file, content);
  const { code, output, errors } = await server.shanhuo(['import', 'households', file, '--county', county.code, ...options]);
  return { code, errors, report: output === '' ? null : JSON.parse(output) };
}
const clean = async (county, rows, ...options) => {
  const { code, errors, report } = await importFile(county, csv(rows), ...options);
  assert.equal(code, 0, errors);
  return report;
};
const problemsOf = (report) => report.problems.map(({ kind, row, column, rule }) => [kind, row, column, rule]);
const tables = ['households', 'members', 'suppliers', 'household_statuses', 'income_baselines', 'id_number_holders', 'findings', 'imports'];
const countsOf = async (county) => Object.fromEntries(await Promise.all(tables.map(async (table) =>
  [table, (await server.sql(`SELECT count(*) FROM ${table} WHERE county = '${county.code}'`))[0].count])));
const upload = (officer, county, content, query = {}) => officer.post('/imports', Buffer.from(content), { query: { county: county.code, ...query }, headers: { 'content-type': 'text/csv' } });

test('a clean file brings households, people, status, baseline and supplier accounts, all sealed', async () => {
  const county = await aCounty(server);
  const head = aHead(county, { 联系电话: '13800001234', 银行账号: '6226 0900 0000 0012', 基期年份: '2018', 收入口径: '纯收入', 数据来源: '调查', 工资性收入: '3000.50', 家庭年收入合计: '3000.50' });
  const report = await clean(county, [head, aRelative(head)]);
  assert.deepEqual([report.households_taken, report.findings_count, report.encoding], [1, 0, 'UTF-8']);
  assert.deepEqual(await countsOf(county), { households: 1, members: 2, suppliers: 1, household_statuses: 1, income_baselines: 1, id_number_holders: 2, findings: 0, imports: 1 });
  const officer = await anOfficer(server, county);
  const [listed] = fine(await officer.get('/households', { query: { county: county.code, phone_tail: '1234' } })).items;
  const shown = fine(await officer.get(`/households/${listed.household_id}`));
  assert.equal(listed.status, 'registered');
  assert.equal(shown.head_name_masked, '张*');
  assert.equal(shown.baselines[0].amount_fen, 300050);
  assert.equal(shown.statuses[0].valid_from, '2016-05-01');
  assert.ok(shown.supplier_id);
  assert.doesNotMatch(JSON.stringify(shown), new RegExp(`${head.证件号码}|13800001234|张三`));
  const dump = await server.sql(`SELECT to_jsonb(m)::text AS row FROM members AS m WHERE county = '${county.code}'`);
  for (const { row } of dump) assert.ok(!row.includes(head.证件号码) && !row.includes(Buffer.from(head.证件号码).toString('hex')));
});

test('each of the four classes is found with row, column and rule; the household is marked and not counted', async () => {
  const county = await aCounty(server);
  const missing = aHead(county, { 致贫原因: '' }), abnormal = aHead(county, { 证件号码: '990121197001010016' });
  const contradiction = aHead(county, { 基期年份: '2018', 收入口径: '纯收入', 数据来源: '调查', 工资性收入: '3000', 家庭年收入合计: '9000' });
  const twin = aHead(county), other = aHead(county, { 证件号码: twin.证件号码 });
  const report = await clean(county, [missing, abnormal, contradiction, twin, other]);
  assert.deepEqual(problemsOf(report), [
    ['finding', 2, 'cause', 'cause_missing'],
    ['finding', 3, 'id_number', 'id_number_invalid'],
    ['finding', 4, 'total_income_yuan', 'income_parts_differ_from_total'],
    ['finding', 5, 'id_number', 'id_number_repeated'],
    ['finding', 6, 'id_number', 'id_number_repeated'],
  ]);
  assert.ok(report.problems.every(({ reason }) => reason.zh && reason.en));
  const found = await server.sql`SELECT class, rule, blocks_counting, detail FROM findings WHERE county = ${county.code} ORDER BY class, rule`;
  assert.deepEqual(found.map((finding) => finding.class), ['abnormal_value', 'contradiction', 'missing_key_field', 'repeated_id_number', 'repeated_id_number']);
  assert.ok(found.every((finding) => finding.blocks_counting && finding.detail.cells.length === 1));
  const [{ count }] = await server.sql`SELECT count(*) FROM findings_blocked_households WHERE county = ${county.code}`;
  assert.equal(count, 5);
});

test('findings of one household and rule are one entry with every cell', async () => {
  const county = await aCounty(server), head = aHead(county);
  await clean(county, [head, aRelative(head, { 证件号码: '1' }), aRelative(head, { 证件号码: '2', 与户主关系: '子女' })]);
  const [finding, ...more] = await server.sql`SELECT rule, detail FROM findings WHERE county = ${county.code}`;
  assert.deepEqual([finding.rule, finding.detail.cells, more.length], ['id_number_invalid', [{ row: 3, column: 'id_number' }, { row: 4, column: 'id_number' }], 0]);
});

test('an ID number that another county holds is a finding on both households', async () => {
  const here = await aCounty(server), there = await aCounty(server), first = aHead(here);
  await clean(here, [first]);
  const report = await clean(there, [aHead(there, { 证件号码: first.证件号码 })]);
  assert.deepEqual(problemsOf(report), [['finding', 2, 'id_number', 'id_number_held']]);
  for (const { code } of [here, there]) assert.equal((await server.sql`SELECT count(*) FROM findings WHERE county = ${code} AND class = 'repeated_id_number'`)[0].count, 1);
});

test('an error stops the whole file and is named; --only-clean takes the rest and writes what it refused', async () => {
  const county = await aCounty(server);
  const good = aHead(county), lost = aHead(county, { 村代码: '110101001001' }), marked = aHead(county, { 致贫原因: '' });
  const content = csv([good, lost, marked]);
  const stopped = await importFile(county, content);
  assert.equal(stopped.code, 1);
  assert.equal(stopped.report.stopped, true);
  assert.deepEqual(problemsOf(stopped.report)[0], ['error', 3, 'village_code', 'area-unknown']);
  assert.equal((await countsOf(county)).households, 0);

  const out = path.join(server.folder, unique('refused'));
  const taken = await importFile(county, content, '--only-clean', '--refused', out);
  assert.equal(taken.code, 0, taken.errors);
  assert.deepEqual([taken.report.households_taken, (await countsOf(county)).households, (await countsOf(county)).findings], [1, 1, 0]);
  const lines = (await readFile(out, 'utf8')).trim().split('\r\n');
  assert.equal(lines.length, 3);
  assert.ok(lines[1].startsWith(lost.户编号) && lines[2].startsWith(marked.户编号));

  const mended = await importFile(county, lines.join('\r\n').replace('110101001001', county.villages[1]));
  assert.equal(mended.code, 0, mended.errors);
  assert.equal((await countsOf(county)).households, 3);
});

test('files that can not be read say why', async () => {
  const county = await aCounty(server);
  const reasons = [
    ['', 'csv-empty'], [Buffer.from([0xff, 0xfe, 0x00, 0x81, 0xff]), 'csv-encoding'], ['户编号,村代码\n1,2\n', 'csv-missing-column'],
    [csv([]).replace('姓名', '怪列'), 'csv-unknown-column'], [`${csv([])}"open`, 'csv-quote'],
  ];
  for (const [content, rule] of reasons) {
    const { code, report } = await importFile(county, content);
    assert.equal(code, 1, rule);
    assert.equal(report.problems[0].rule, rule);
  }
  assert.equal((await importFile({ code: '6212' }, csv([]))).code, 2);
});

test('GB18030 out of a spreadsheet reads as UTF-8 does', async () => {
  const county = await aCounty(server), head = aHead(county, { 姓名: '欧阳山' });
  const gb = execFileSync('iconv', ['-f', 'UTF-8', '-t', 'GB18030'], { input: csv([head]) });
  const { code, report, errors } = await importFile(county, gb);
  assert.equal(code, 0, errors);
  assert.equal(report.encoding, 'GB18030');
  assert.equal((await server.sql`SELECT head_name_masked FROM households WHERE county = ${county.code}`)[0].head_name_masked, '欧阳*');
});

test('cells a spreadsheet would run stay words, and the refused file disarms them', async () => {
  const county = await aCounty(server), out = path.join(server.folder, unique('refused'));
  const head = aHead(county, { 姓名: '=HYPERLINK(1)', 致贫原因: '' });
  const { code } = await importFile(county, csv([head]), '--only-clean', '--refused', out);
  assert.equal(code, 0);
  assert.match(await readFile(out, 'utf8'), /,'=HYPERLINK\(1\),/);
  assert.equal((await countsOf(county)).households, 0);
});

test('a dry run says the same and changes nothing', async () => {
  const county = await aCounty(server), before = await countsOf(county);
  const rows = [aHead(county), aHead(county, { 致贫原因: '' })];
  const report = await clean(county, rows, '--dry-run');
  assert.deepEqual([report.households_taken, report.findings_count], [2, 1]);
  assert.deepEqual(await countsOf(county), before);
});

test('the same file again adds nothing, also when its findings were closed meanwhile', async () => {
  const county = await aCounty(server), head = aHead(county, { 致贫原因: '', 基期年份: '2018', 收入口径: '纯收入', 数据来源: '调查', 工资性收入: '3000' });
  const rows = [head, aRelative(head), aHead(county)];
  await clean(county, rows);
  const before = await countsOf(county);
  const { account_id } = await anOfficer(server, county);
  await server.sql`UPDATE findings SET state = 'closed', closed_by = ${account_id} WHERE county = ${county.code}`;
  const again = await clean(county, rows);
  assert.equal(again.households_known, 2);
  assert.deepEqual(await countsOf(county), { ...before, imports: 2 });
  await clean(county, [...rows, aRelative(head, { 与户主关系: '子女' })]);
  assert.deepEqual(await countsOf(county), { ...before, imports: 3, members: before.members + 1, id_number_holders: before.id_number_holders + 1 });
});

test('an import has the register checked in the same step: what stood in it and what came with the file; a dry run opens nothing', async () => {
  const county = await aCounty(server), standing = await aHousehold(server, county, { cause: null, members: 0 });
  const rules = async () => (await server.sql`SELECT rule FROM findings WHERE county = ${county.code} ORDER BY rule`).map(({ rule }) => rule);
  const rows = [aHead(county, { 证件号码: '' })];
  assert.equal((await importFile(county, csv(rows), '--dry-run')).code, 0);
  assert.deepEqual(await rules(), []);
  await clean(county, rows);
  assert.deepEqual(await rules(), ['cause_missing', 'id_number_missing', 'members_missing']);
  assert.equal((await server.sql`SELECT count(*) FROM findings WHERE subject_id = ${standing.id}`)[0].count, 2);
  await clean(county, rows);
  assert.equal((await rules()).length, 3);
});

test('two imports of one county at once take turns', async () => {
  const county = await aCounty(server), rows = [aHead(county), aHead(county)];
  await Promise.all([clean(county, rows), clean(county, rows)]);
  assert.equal((await countsOf(county)).households, 2);
});

test('over HTTP a file is checked first, then taken by the job; its report and refused rows are shown', async () => {
  const county = await aCounty(server), officer = await anOfficer(server, county);
  const content = csv([aHead(county), aHead(county, { 村代码: '' })]);
  const asked = fine(await upload(officer, county, content), 202);
  assert.deepEqual([asked.state, asked.dry_run], ['waiting', true]);
  const [{ sealed }] = await server.sql`SELECT encode(content, 'hex') AS sealed FROM imports WHERE county = ${county.code}`;
  assert.ok(!sealed.includes(Buffer.from('户编号').toString('hex')));
  await server.once('registry/imports');
  const checked = fine(await officer.get(`/imports/${asked.import_id}`));
  assert.deepEqual([checked.state, checked.report.problems[0].rule, checked.rows_read], ['refused', 'village-code-missing', 2]);
  assert.equal((await countsOf(county)).households, 0);

  const taken = fine(await upload(officer, county, content, { dry_run: false, only_clean: true, file_name: 'two.csv' }), 202);
  await server.once('registry/imports');
  const done = fine(await officer.get(`/imports/${taken.import_id}`));
  assert.deepEqual([done.state, done.rows_taken, done.has_refused, done.file_name], ['done', 1, true, 'two.csv']);
  const left = fine(await officer.get(`/imports/${taken.import_id}/refused`));
  assert.equal(left.content.trim().split('\r\n').length, 2);
  assert.equal((await server.sql`SELECT count(*) FROM imports WHERE county = ${county.code} AND content IS NOT NULL`)[0].count, 0);
});

test('a file of many households waits sealed whole, not only a small one', async () => {
  const county = await aCounty(server), officer = await anOfficer(server, county);
  const content = csv(Array.from({ length: 300 }, () => aHead(county)));
  assert.ok(content.length > 16_384);
  const { import_id } = fine(await upload(officer, county, content, { dry_run: false }), 202);
  await server.once('registry/imports');
  assert.equal(fine(await officer.get(`/imports/${import_id}`)).rows_taken, 300);
});

test('an XLSX file is read too, its dates as dates, and what it leaves out is given back as CSV', async () => {
  const county = await aCounty(server), officer = await anOfficer(server, county);
  const cells = (head) => columns.map((name) => head[name] ?? '');
  const content = anXlsx([columns, cells(aHead(county, { 状态日期: { date: 42491 } })), cells(aHead(county, { 村代码: '', 状态日期: { date: 42491.25 } }))]);
  const { import_id } = fine(await officer.post('/imports', content, { query: { county: county.code, dry_run: false, only_clean: true },
    headers: { 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } }), 202);
  await server.once('registry/imports');
  const done = fine(await officer.get(`/imports/${import_id}`));
  assert.deepEqual([done.state, done.rows_taken, done.report.encoding, done.report.problems[0].row], ['done', 1, 'XLSX', 3]);
  const [{ on }] = await server.sql`SELECT lower(valid)::text AS on FROM household_statuses WHERE county = ${county.code}`;
  assert.equal(on, '2016-05-01');
  assert.match(fine(await officer.get(`/imports/${import_id}/refused`)).content, /2016-05-01 06:00:00/);
});

test('who may hand in and read imports', async () => {
  const county = await aCounty(server), other = await aCounty(server);
  const officer = await anOfficer(server, county), colleague = await anOfficer(server, county), stranger = await anOfficer(server, other);
  const content = csv([aHead(county, { 致贫原因: '' })]);
  refused(await upload(await anOfficer(server, county, 'cadre'), county, content), 403, 'forbidden');
  refused(await upload(stranger, county, content), 404, 'not-found');
  refused(await upload(officer, county, ''), 422, 'invalid');
  refused(await officer.post('/imports', { a: 1 }, { query: { county: county.code } }), 415, 'unsupported-media-type');
  const { import_id } = fine(await upload(officer, county, content, { only_clean: true }), 202);
  await server.once('registry/imports');
  refused(await stranger.get(`/imports/${import_id}`), 404, 'not-found');
  fine(await colleague.get(`/imports/${import_id}`));
  refused(await colleague.get(`/imports/${import_id}/refused`), 404, 'not-found');
  fine(await officer.get(`/imports/${import_id}/refused`));
});

test('the application may not read what it sealed elsewhere: a moved value does not open', async () => {
  const county = await aCounty(server), officer = await anOfficer(server, county);
  const first = fine(await upload(officer, county, csv([aHead(county)])), 202), second = fine(await upload(officer, county, csv([aHead(county)])), 202);
  await server.sql(`UPDATE imports SET content = (SELECT content FROM imports WHERE id = '${second.import_id.slice(7)}') WHERE id = '${first.import_id.slice(7)}'`);
  await server.once('registry/imports');
  assert.equal(fine(await officer.get(`/imports/${first.import_id}`)).report.problem, 'invalid');
  assert.equal(fine(await officer.get(`/imports/${second.import_id}`)).state, 'done');
});
