// `shanhuo jobs`: one leads, the other stands by and takes over.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import test from 'node:test';
import { aServer, program } from './support.mjs';

const server = await aServer();

function aJobsProcess() {
  const child = spawn(program, ['jobs'], { env: { ...process.env, ...server.env, SHANHUO_JOBS_TICK_MS: '50' }, stdio: ['ignore', 'ignore', 'pipe'] });
  const process_ = { child, errors: '', leads: () => process_.errors.includes('jobs_lead_won') };
  child.stderr.setEncoding('utf8').on('data', (some) => { process_.errors += some; });
  process_.ended = new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal)));
  return process_;
}

test('a_standby_takes_the_lead_when_the_leader_dies', async () => {
  const leader = aJobsProcess();
  await server.until(leader.leads);
  const standby = aJobsProcess();
  await new Promise((resolve) => setTimeout(resolve, 300)); // a window in which it must not win
  assert.equal(standby.leads(), false);
  leader.child.kill('SIGKILL');
  await server.until(standby.leads);
  standby.child.kill('SIGTERM');
  assert.equal(await standby.ended, 0, standby.errors);
});

test('an_unknown_job_is_refused_and_the_list_names_those_there_are', async () => {
  assert.equal((await server.shanhuo(['jobs', '--once', 'no/such'])).code, 2);
  assert.equal((await server.shanhuo(['jobs', '--list'])).code, 0);
});
