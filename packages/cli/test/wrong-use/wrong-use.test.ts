import { describe, expect, it } from 'vitest';
import { main } from '../../src/cli.js';
import { capturedIo } from '../support/captured-io.js';
import { temporaryFolder } from '../support/folder.js';
import { commandCases } from './command-cases.js';
import { fileCases } from './file-cases.js';
import { files } from './fixtures.js';

const cases = { ...commandCases, ...fileCases };

const folder = temporaryFolder(files);
process.chdir(folder);

describe.each(Object.entries(cases))('%s', (_group, rows) => {
  it.each(rows)('%s', async (_name, line, message) => {
    const io = capturedIo(folder);
    const code = await main(
      line.split(' ').filter((part) => part !== ''),
      io,
    );
    const said = io.err().replaceAll(folder, '<folder>');
    expect(said).not.toMatch(/^\s+at /m);
    expect(io.out()).not.toMatch(/Gallery/);
    expect(said).toBe(`error: ${message}\n`);
    expect(code).toBe(2);
  });
});

it('covers at least thirty kinds', () => {
  expect(Object.values(cases).flat().length).toBeGreaterThanOrEqual(30);
});
