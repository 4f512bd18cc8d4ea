// Every static check in one command; all of them run, then the ones that failed are named.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
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
if (failed.length > 0) {
  console.error(`\n${failed.length} of ${checks.length} checks failed: ${failed.join('; ')}`);
  process.exit(1);
}
console.log(`\nAll ${checks.length} checks passed.`);
