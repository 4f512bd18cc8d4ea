import { convertCommand } from '../commands/convert.js';
import { viewCommand } from '../commands/view.js';
import { type Flag, flagsOf } from '../flags/flag.js';
import { commonFlags } from '../parse.js';
import { builtinPlugins } from '../plugins/builtin.js';
import { createCatalog } from '../plugins/catalog.js';

/** The flags that the documentation lists, by the name of their command; `common` for those of every command. */
export const documentedFlags = async (): Promise<ReadonlyMap<string, readonly Flag[]>> => {
  const { visualizers } = createCatalog(await builtinPlugins());
  return new Map([
    ['common', commonFlags],
    ['convert', convertCommand.flags],
    ['view', viewCommand.flags],
    ...[...visualizers].map(([name, { factory }]) => [name, flagsOf(factory.visualizer.options)] as const),
  ]);
};
