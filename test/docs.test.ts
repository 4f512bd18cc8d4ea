import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { updateOptions } from '../packages/cli/src/docs/options-table.js';
import { documentedFlags } from '../packages/cli/src/docs/tables.js';
import { documentedPages, updateQuotes } from '../scripts/docs/pages.mjs';

const name = (page: URL): string => page.pathname.replace(new URL('..', import.meta.url).pathname, '');

describe.each(documentedPages.map((page) => [name(page), page] as const))('%s', (_, page) => {
  const text = readFileSync(page, 'utf8');

  it('is up to date (if not: npm run build, then node scripts/docs.mjs)', async () => {
    expect(text).toBe(updateQuotes(updateOptions(text, await documentedFlags())));
  });

  it('links to files that exist', () => {
    for (const [, link = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^(https?:|#)/.test(link)) continue;
      expect(existsSync(join(dirname(fileURLToPath(page)), link.split('#')[0] ?? '')), link).toBe(true);
    }
  });
});
