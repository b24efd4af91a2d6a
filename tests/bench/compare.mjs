// Two results of `make bench` side by side: `make bench-compare OLD=before.json NEW=build/bench.json`.
import { readFile } from 'node:fs/promises';

const [older, newer] = await Promise.all(process.argv.slice(2, 4).map(async (file) => JSON.parse(await readFile(file, 'utf8'))));
const percent = (before, after) => `${after >= before ? '+' : ''}${((after / before - 1) * 100).toFixed(1)} %`;
for (const after of newer.results) {
  const before = older.results.find(({ name }) => name === after.name);
  if (before === undefined) continue;
  const noise = before.ours_spread + after.ours_spread;
  console.log(`${after.name.padEnd(14)} ${Math.round(before.ours)}/s → ${Math.round(after.ours)}/s (${percent(before.ours, after.ours)}, noise ±${noise} %)  ratio ${before.ratio.toFixed(2)} → ${after.ratio.toFixed(2)}`);
}
console.log(`memory         ${(older.resident_kib / 1024).toFixed(1)} → ${(newer.resident_kib / 1024).toFixed(1)} MiB`);
