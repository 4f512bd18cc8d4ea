// Preloaded into a process, it prints at the end which packages were loaded.
import { Module } from 'node:module';

process.on('exit', () => {
  const packages = Object.keys(Module._cache).flatMap((file) => /.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(file)?.[1] ?? []);
  process.stderr.write(`loaded: ${[...new Set(packages)].join(' ')}\n`);
});
