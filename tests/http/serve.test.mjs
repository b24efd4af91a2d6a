// `shanhuo serve` as a whole: starts, says what is wrong, survives the death of its parts, and leaves nothing behind.
import assert from 'node:assert/strict';
import { readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import test from 'node:test';
import { aServer, fine, freePorts, run, scratchFolder, shanhuo } from './support.mjs';

const server = await aServer({ jobs: true });

/** Every process whose working folder is this server's data: supervisor, worker, jobs, PostgreSQL. */
async function processes() {
  const found = [];
  for (const pid of (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))) {
    const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '');
    if (!cwd.startsWith(server.data)) continue;
    const comm = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
    found.push({ pid: Number(pid), name: comm.trim(), parent: Number((await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') ? 0')).split(') ')[1].split(' ')[1]) });
  }
  return found;
}
const processNamed = async (name) => (await processes()).find((process) => process.name === name);
const postmaster = async () => (await processes()).find(({ name, parent }) => name === 'postgres' && parent === server.pid);
const isReady = async () => {
  const answer = await server.get('/readyz', { origin: server.operations }).catch(() => ({ status: 0 }));
  return answer.status === 200;
};

test('serve_answers_on_the_operations_address', async () => {
  fine(await server.get('/healthz', { origin: server.operations }));
  fine(await server.get('/readyz', { origin: server.operations }));
});

test('serve_restarts_a_killed_worker_within_a_second', async () => {
  server.mayDie = true;
  const worker = await processNamed('shanhuo-worker');
  process.kill(worker.pid, 'SIGKILL');
  await server.until(async () => server.log('child_died').length === 1);
  await server.until(isReady, 3000);
  const again = await processNamed('shanhuo-worker');
  assert.notEqual(again.pid, worker.pid);
  assert.equal(server.log('child_died')[0].restart_in_ms <= 1000, true);
});

test('serve_restarts_killed_jobs_and_they_lead_again', async () => {
  const leads = server.log('jobs_lead_won').length;
  process.kill((await processNamed('shanhuo-jobs')).pid, 'SIGKILL');
  await server.until(() => server.log('jobs_lead_won').length > leads);
});

test('serve_restarts_a_killed_postmaster_and_heals_by_itself', async () => {
  const before = await postmaster();
  const started = server.log('cluster_started').length;
  process.kill(before.pid, 'SIGKILL');
  await server.until(() => server.log('cluster_died').length === 1);
  await server.until(() => server.log('cluster_started').length > started);
  await server.until(isReady, 15_000);
  assert.notEqual((await postmaster()).pid, before.pid);
  assert.deepEqual(await server.sql('SELECT 1 AS one'), [{ one: 1 }]);
});

test('commands_use_the_database_of_the_running_server', async () => {
  const { code, output } = await server.shanhuo(['migrate']);
  assert.equal(code, 0);
  assert.match(output, /^0 migrations applied/);
});

test('what_the_data_folder_holds_cannot_make_root_write_elsewhere', { skip: process.getuid() !== 0 }, async () => {
  const folder = await scratchFolder(), precious = path.join(folder, 'precious'), planted = path.join(server.data, 'shanhuo-photos.new');
  await writeFile(precious, 'of root', { mode: 0o600 });
  await rm(planted, { force: true });
  await symlink(precious, planted);
  await server.once('accounts/purge');
  assert.ok(await readFile(precious, 'utf8') === 'of root');
  await rm(folder, { recursive: true });
});

test('a_second_server_on_the_same_data_is_refused', async () => {
  const ports = await freePorts(3);
  const { code, errors } = await server.shanhuo(['serve'], { env: {
    SHANHUO_TLS_ADDRESS: `127.0.0.1:${ports[0]}`, SHANHUO_PLAIN_ADDRESS: `127.0.0.1:${ports[1]}`, SHANHUO_OPERATIONS_ADDRESS: `127.0.0.1:${ports[2]}` } });
  assert.equal(code, 1);
  assert.match(errors, /another shanhuo works in/);
});

test('a_taken_port_is_named_with_what_to_do', async () => {
  const other = createServer();
  await new Promise((resolve) => other.listen(0, '127.0.0.1', resolve));
  const data = path.join(await scratchFolder(), 'data');
  const { code, errors } = await shanhuo(['serve', '--plain-address', `127.0.0.1:${other.address().port}`, '--data-folder', data,
    '--tls-address', 'none', '--operations-address', 'none']);
  other.close();
  assert.equal(code, 1);
  assert.match(errors, /is taken\. See by whom: .*--plain-address/);
});

test('unknown_commands_options_and_values_exit_with_2', async () => {
  for (const words of [[], ['dance'], ['serve', '--dance'], ['jobs', '--once'], ['serve', 'extra'], ['config', '--threads', 'many']]) {
    const { code, errors } = await shanhuo(words);
    assert.equal(code, 2, words.join(' '));
    assert.notEqual(errors, '');
  }
});

test('every_command_has_help', async () => {
  const { output } = await shanhuo(['--help']);
  const names = [...output.matchAll(/^ {2}(\w+(?: \w+)?) {2,}/gm)].map((match) => match[1]);
  assert.ok(names.includes('serve'));
  for (const name of names) {
    const help = await shanhuo([...name.split(' '), '--help']);
    assert.equal(help.code, 0);
    assert.match(help.output, new RegExp(`usage: shanhuo ${name}`));
  }
});

test('config_hides_secrets_and_names_their_source', async () => {
  const { output } = await shanhuo(['config', '--log-level', 'warn'], { env: { SIMULATOR_SECRET: 'open sesame' } });
  assert.doesNotMatch(output, /open sesame/);
  assert.match(output, /simulator_secret +\(set\) +environment/);
  assert.match(output, /log_level +warn +flag/);
});

test('config_names_the_local_authority_that_signed_the_certificate', async () => {
  const { output } = await server.shanhuo(['config']);
  const [, file] = output.match(/^authority_file +(.+)$/m);
  const { code } = await run('openssl', ['verify', '-CAfile', file, path.join(server.data, 'tls/server.pem')]);
  assert.equal(code, 0);
  const { output: own } = await server.shanhuo(['config', '--certificate-file', '/etc/own.pem']);
  assert.doesNotMatch(own, /authority_file/);
});

test('after_sigkill_of_the_supervisor_nothing_is_left_and_the_next_start_is_quick', async () => {
  await server.kill();
  await server.until(async () => (await processes()).length === 0, 15_000);
  await server.start();
  fine(await server.get('/readyz', { origin: server.operations }));
  await server.stop();
  await server.until(async () => (await processes()).length === 0, 5000);
  await server.start();
  assert.ok(server.readyMs < 2000, `second start took ${server.readyMs} ms`);
});

test('sigint_stops_everything_in_order', async () => {
  server.child.kill('SIGINT');
  assert.equal(await server.ended, 0);
  assert.equal(server.output.at(-1), 'stopped');
  await server.until(async () => (await processes()).length === 0, 5000);
});
