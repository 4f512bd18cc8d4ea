import { readFileSync } from 'node:fs';

const root = new URL('../../', import.meta.url);

/** Pages with parts that repeat something from elsewhere in the repository. */
export const documentedPages = [
  'docs/cli.md',
  'docs/writing-a-visualizer.md',
  'packages/cli/README.md',
  'packages/plugin-deepdream/README.md',
  'packages/plugin-deconvnet/README.md',
  'packages/plugin-occlusion/README.md',
  'packages/plugin-sketchanet/README.md',
  'packages/plugin-ablation/README.md',
].map((path) => new URL(path, root));

const QUOTED = /(<!-- file: (\S+) -->\n```\w*\n)[\s\S]*?(```)/g;

/** Puts the present text of a file into the code block after each `<!-- file: path -->`. */
export const updateQuotes = (page) =>
  page.replace(QUOTED, (_, start, path, end) => start + readFileSync(new URL(path, root), 'utf8') + end);
