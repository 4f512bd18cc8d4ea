// The numbers of a figure: what its tables say, in a few lines.
import { readFileSync } from 'node:fs';

/** Fields of one line of a CSV file, which are quoted where they hold a comma or a quote. */
const fieldsOf = (line) =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);

/** Rows of a table as objects. */
function rowsOf(path) {
  const [head = '', ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const columns = fieldsOf(head);
  return lines.map((line) => Object.fromEntries(fieldsOf(line).map((field, i) => [columns[i], field])));
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const meanOf = (rows, column) => rounded(mean(rows.map((row) => Number(row[column]))));
const rounded = (value) => Number(value.toPrecision(3));

/** Pairs of a key and its rows, in the order in which the keys appear. */
function groupedBy(rows, key) {
  const groups = new Map();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return [...groups];
}

/** What a picture shows, as its name says: `ship` of `ship-03.png` and of `test/ship/0003.jpg`. */
const kindOf = (name) => /([^/]+)[/-]\d+(?:\.\w+)?$/.exec(name)?.[1] ?? name;

/** Share of a unit's strongest pictures that are of its most frequent kind, mean over units that fire. */
function agreement(rows) {
  const units = groupedBy(rows, ({ unit }) => unit).filter(([, list]) => Number(list[0].value) > 0);
  const shares = units.map(
    ([, list]) => Math.max(...groupedBy(list, ({ input }) => kindOf(input)).map(([, alike]) => alike.length)) / list.length,
  );
  return `${rounded(mean(shares))} of the strongest pictures of a unit are of one kind (mean over ${units.length} units)`;
}

/** The checkpoint at which a unit's strongest picture changed last. */
const settledAt = (list) => Number((list.findLast(({ changed }) => changed === 'true') ?? list[0]).checkpoint.split('@')[1]);

/** Share of the units that have settled by an epoch, of those that fire at the last checkpoint. */
function settled(rows) {
  const units = groupedBy(rows, ({ unit }) => unit).filter(([, list]) => Number(list.at(-1).value) !== 0);
  const epochs = units.map(([, list]) => settledAt(list));
  const shares = [10, 20, 30, 40].map((epoch) => `${rounded(mean(epochs.map((at) => (at <= epoch ? 1 : 0))))} by epoch ${epoch}`);
  return `units whose strongest picture stays: ${shares.join(', ')}`;
}

const perLayer = (rows, say) => groupedBy(rows, ({ layer }) => layer).map(([layer, list]) => `${layer}: ${say(list)}`);

/** Lines for each table of one run that has something to say. */
function linesOf(name, rows, description) {
  if (name === 'top') return perLayer(rows, agreement);
  if (name === 'evolution') return perLayer(rows, settled);
  if (name === 'comparison') return [...new Set(rows.map(({ input, model, target }) => `${input}, ${model}: ${target}`))];
  if (/^gabor/.test(name)) return [description];
  if (name === 'sanity-mean')
    return [`rank correlation: ${rows.map(({ layer, correlation }) => `${layer} ${rounded(Number(correlation))}`).join(', ')}`];
  if (name !== 'areas') return [];
  const columns = Object.keys(rows[0]).filter((column) => column.endsWith('-auc'));
  return [`mean over ${rows.length} pictures: ${columns.map((column) => `${column} ${meanOf(rows, column)}`).join(', ')}`];
}

/** What the tables in an output folder say. */
export function numbersOf(folder) {
  const { runs } = JSON.parse(readFileSync(`${folder}manifest.json`, 'utf8'));
  return runs.flatMap(({ visualizer, options, artifacts, warnings = [] }) => {
    const tables = artifacts.filter(({ kind }) => kind === 'table');
    const of = options?.method === undefined ? '' : `${visualizer} of ${options.method}, `;
    const lines = tables.flatMap(({ name, path, description }) => linesOf(name, rowsOf(`${folder}${path}`), description));
    const others = tables.filter(({ name }) => name === 'random-logit').flatMap(({ path }) => rowsOf(`${folder}${path}`));
    if (others.length > 0) lines.push(`rank correlation with ${others.length} other classes: mean ${meanOf(others, 'correlation')}`);
    return [...lines, ...warnings].map((line) => `${of}${line}`);
  });
}
