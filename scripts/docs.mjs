// Brings what the documentation repeats up to date: tables of options, and files quoted in full. Needs a build.
import { readFile, writeFile } from 'node:fs/promises';
import { updateOptions } from '../packages/cli/dist/docs/options-table.js';
import { documentedFlags } from '../packages/cli/dist/docs/tables.js';
import { documentedPages, updateQuotes } from './docs/pages.mjs';

const tables = await documentedFlags();
for (const page of documentedPages) {
  const before = await readFile(page, 'utf8');
  const after = updateQuotes(updateOptions(before, tables));
  if (after !== before) {
    await writeFile(page, after);
    console.log(`updated ${page.pathname}`);
  }
}
