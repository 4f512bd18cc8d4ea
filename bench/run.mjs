// npm run bench [-- name …]: runs the benchmarks in this folder, or the named ones.
import { readdirSync } from 'node:fs';

const SELF = ['run.mjs'];
const folder = new URL('.', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.mjs') && !SELF.includes(file));
const benches = [];
for (const file of files) {
  const bench = await import(new URL(file, folder));
  if (typeof bench.run === 'function') benches.push(bench);
}

const names = process.argv.slice(2);
const unknown = names.filter((name) => !benches.some((bench) => bench.name === name));
if (unknown.length > 0) {
  console.error(`bench: no benchmark called ${unknown.join(', ')}; there are ${benches.map((bench) => bench.name).join(', ')}`);
  process.exit(2);
}
for (const bench of benches) {
  if (names.length > 0 && !names.includes(bench.name)) continue;
  console.log(`\n## ${bench.name}`);
  await bench.run();
}
