import type { ExitCode, Invocation } from '../command.js';
import { unknownTopic } from '../errors.js';
import { table } from '../report/table.js';
import { type ListEntry, TOPICS } from './list-topics.js';

const asTable = (entries: readonly ListEntry[]): string => {
  const keys = Object.keys(entries[0] ?? { name: '' });
  return table(
    keys.map((title) => ({ title })),
    entries.map((entry) => keys.map((key) => String(entry[key] ?? ''))),
  );
};

/** Prints one list, or all of them. */
export const listAction = async ({ io, positionals, common }: Invocation): Promise<ExitCode> => {
  const [wanted] = positionals;
  const topics = wanted === undefined ? Object.keys(TOPICS) : [wanted];
  const lists: [string, readonly ListEntry[]][] = [];
  for (const topic of topics) {
    const list = Object.hasOwn(TOPICS, topic) ? TOPICS[topic] : undefined;
    if (list === undefined) throw unknownTopic(topic, Object.keys(TOPICS));
    lists.push([topic, await list(common.plugin ?? [], io)]);
  }
  const [only] = lists;
  if (common.json === true) {
    io.stdout.write(`${JSON.stringify(wanted === undefined ? Object.fromEntries(lists) : only?.[1], null, 2)}\n`);
    return 0;
  }
  const text = lists.map(([topic, entries]) => (wanted === undefined ? `${topic}\n\n${asTable(entries)}` : asTable(entries)));
  io.stdout.write(text.join('\n'));
  return 0;
};
