import { writeFileSync } from 'node:fs';
import { it } from 'vitest';
import { main } from '../src/cli.js';
import { capturedIo } from './support/captured-io.js';
import { temporaryFolder } from './support/folder.js';
import { cases } from './wrong-use/cases.js';
import { files } from './wrong-use/fixtures.js';

const folder = temporaryFolder(files);
process.chdir(folder);
it('gen', async () => {
  const got: Record<string, string> = {};
  for (const [, line] of Object.values(cases).flat()) {
    const io = capturedIo(folder);
    const code = await Promise.race([
      main(
        line.split(' ').filter((p) => p !== ''),
        io,
      ),
      new Promise<string>((r) => setTimeout(() => r('TIMEOUT'), 20000)),
    ]);
    const said = io.err().replaceAll(folder, '<folder>');
    const ok = code === 2 && said.startsWith('error: ') && !/^\s+at /m.test(said);
    console.log(`${ok ? 'ok ' : 'BAD'} [${code}] ${line}\n      ${said.trimEnd()}${io.out() ? `\n   OUT ${io.out().slice(0, 200)}` : ''}`);
    got[line] = said.replace(/^error: /, '').replace(/\n$/, '');
  }
  writeFileSync('/tmp/got.json', JSON.stringify(got));
}, 600000);
