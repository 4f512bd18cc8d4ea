import { describeValue } from '../flags/describe.js';
import { type Flag, isNegatable } from '../flags/flag.js';
import { formatText } from '../flags/text.js';

const cell = (text: string): string => text.replaceAll('|', '\\|');

const cells = (flag: Flag): string[] => {
  const fallback = flag.default === undefined || flag.default === null || flag.default === false ? '' : formatText(flag.default);
  const name = isNegatable(flag) ? `\`--${flag.name}\`, \`--no-${flag.name}\`` : `\`--${flag.name}\``;
  return [name, describeValue(flag.shape), fallback === '' ? '' : `\`${fallback}\``, flag.description].map(cell);
};

/** A Markdown table of flags, in aligned columns: name, what it takes, default, description. */
export const optionsTable = (flags: readonly Flag[]): string => {
  const header = ['flag', 'takes', 'default', 'what it is'];
  const rows = flags.map(cells);
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]): string => `| ${widths.map((width, i) => (row[i] ?? '').padEnd(width)).join(' | ')} |`;
  return [header, widths.map((width) => '-'.repeat(width)), ...rows].map(line).join('\n');
};

const MARKED = /(<!-- options: ([\w-]+) -->)[\s\S]*?(<!-- end of options -->)/g;

/** Puts current tables between the `<!-- options: name -->` and `<!-- end of options -->` marks of a page. */
export const updateOptions = (page: string, tables: ReadonlyMap<string, readonly Flag[]>): string =>
  page.replace(MARKED, (_all, start: string, name: string, end: string) => `${start}\n\n${optionsTable(tables.get(name) ?? [])}\n\n${end}`);
