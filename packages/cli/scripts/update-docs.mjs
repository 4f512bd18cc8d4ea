// Writes the current options tables into docs/cli.md and README.md. Needs a build: node packages/cli/scripts/update-docs.mjs
import { readFile, writeFile } from 'node:fs/promises';
import { updateOptions } from '../dist/docs/options-table.js';
import { documentedFlags } from '../dist/docs/tables.js';

const tables = await documentedFlags();
for (const page of ['../../../docs/cli.md', '../README.md'].map((path) => new URL(path, import.meta.url))) {
  await writeFile(page, updateOptions(await readFile(page, 'utf8'), tables));
}
