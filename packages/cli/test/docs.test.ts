import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { updateOptions } from '../src/docs/options-table.js';
import { documentedFlags } from '../src/docs/tables.js';

it.each(['../../../docs/cli.md', '../README.md'])(
  '%s has the current options (if not: build, then node packages/cli/scripts/update-docs.mjs)',
  async (path) => {
    const page = readFileSync(new URL(path, import.meta.url), 'utf8');
    expect(page).toContain('<!-- options: common -->');
    expect(page).toBe(updateOptions(page, await documentedFlags()));
  },
);
