import { describeValue } from '../flags/describe.js';
import { type Flag, isSwitch } from '../flags/flag.js';
import { formatText } from '../flags/text.js';

const cell = (text: string): string => text.replaceAll('|', '\\|');

const row = (flag: Flag): string => {
  const fallback = flag.default === undefined || flag.default === null ? '' : `\`${cell(formatText(flag.default))}\``;
  const name = isSwitch(flag) ? `\`--${flag.name}\`, \`--no-${flag.name}\`` : `\`--${flag.name}\``;
  return `| ${name} | ${cell(describeValue(flag.shape))} | ${fallback === '``' ? '' : fallback} | ${cell(flag.description)} |`;
};

/** A Markdown table of flags: name, what it takes, default, description. */
export const optionsTable = (flags: readonly Flag[]): string =>
  ['| flag | takes | default | what it is |', '|---|---|---|---|', ...flags.map(row)].join('\n');

const MARKED = /(<!-- options: ([\w-]+) -->\n)[\s\S]*?(\n<!-- end of options -->)/g;

/** Puts current tables between the `<!-- options: name -->` and `<!-- end of options -->` marks of a page. */
export const updateOptions = (page: string, tables: ReadonlyMap<string, readonly Flag[]>): string =>
  page.replace(MARKED, (_all, start: string, name: string, end: string) => `${start}${optionsTable(tables.get(name) ?? [])}${end}`);
