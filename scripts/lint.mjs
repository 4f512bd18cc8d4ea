// Every static check in one command; all of them run, then the ones that failed are named.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
const packages = readdirSync(join(root, 'packages')).filter((name) => existsSync(join(root, 'packages', name, 'package.json')));

const checks = [
  ['biome (format and lint)', 'biome', ['check', '--error-on-warnings']],
  ['types of sources and tests', 'tsc', ['-p', 'tsconfig.json']],
  ['unused files, exports and dependencies (knip)', 'knip', ['--no-progress']],
  ['workspace consistency (sherif)', 'sherif', []],
  ...packages.flatMap((name) => [
    [`publint ${name}`, 'publint', ['--strict', join('packages', name), '--pack', 'npm']],
    [`are the types wrong ${name}`, 'attw', ['--pack', join('packages', name), '--profile', 'esm-only', '--format', 'ascii', '--quiet']],
  ]),
];

const failed = [];
for (const [label, command, args] of checks) {
  console.log(`\n> ${label}`);
  const { status } = spawnSync(join(root, 'node_modules', '.bin', command), args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) failed.push(label);
}
const LONGEST_FILE = 300;
console.log(`\n> no source file over ${LONGEST_FILE} lines`);
const sources = execFileSync('git', ['ls-files', '*.ts', '*.mjs'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file && existsSync(join(root, file)));
const long = sources
  .map((file) => [file, readFileSync(join(root, file), 'utf8').split('\n').length - 1])
  .filter(([, lines]) => lines > LONGEST_FILE);
for (const [file, lines] of long) console.error(`${file} has ${lines} lines`);
if (long.length > 0) failed.push('file length');

if (failed.length > 0) {
  console.error(`\n${failed.length} of ${checks.length + 1} checks failed: ${failed.join('; ')}`);
  process.exit(1);
}
console.log(`\nAll ${checks.length + 1} checks passed.`);
