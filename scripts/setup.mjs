// Installs the workspace with the pinned pnpm and builds every package. Needs nothing but Node and npm.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const { packageManager } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const cwd = new URL('..', import.meta.url);

function step(label, command, args) {
  console.log(`\n> ${label}`);
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit', shell: process.platform === 'win32' });
  if (error) console.error(error.message);
  if (status !== 0) process.exit(status ?? 1);
}

step('installing the workspace', 'npx', ['--yes', packageManager, 'install', '--frozen-lockfile']);
step('building every package', 'npm', ['run', 'build']);
console.log('\nSet-up is complete. Next: npm run demo');
