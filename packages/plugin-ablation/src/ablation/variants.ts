import { repeatedVariant, rowsNeedArchitecture, unknownVariant } from '../errors.js';
import type { AblationOptions, OwnVariant } from './options.js';
import { PAPER_ROWS, type PublishedErrors, paperRow } from './rows.js';

/** A network that is trained, before it is built. */
export interface Variant {
  readonly name: string;
  readonly architecture: string;
  /** Beside those that all variants share. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly published?: PublishedErrors;
}

type Choice = Pick<AblationOptions, 'architecture' | 'variants'>;

/** The variants asked for. @throws FeaturescopeError for a name that is no row, a row of an architecture that has none, or a name given twice */
export function variantsOf({ architecture, variants }: Choice): readonly Variant[] {
  const given = variants ?? (hasRows(architecture) ? rowsOf(architecture) : ['base']);
  const found = given.map((one) => (typeof one === 'string' ? rowVariant(one, architecture) : ownVariant(one, architecture)));
  const names = found.map(({ name }) => name);
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  if (repeated !== undefined) throw repeatedVariant(repeated);
  return found;
}

const hasRows = (architecture: string): architecture is 'zfnet' | 'alexnet' => architecture === 'zfnet' || architecture === 'alexnet';

/** Names of the rows that an architecture can be: those with other maps are variants of ZFNet alone. */
const rowsOf = (architecture: 'zfnet' | 'alexnet'): readonly string[] =>
  PAPER_ROWS.flatMap(({ name, published }) => (architecture === 'zfnet' || published.alexnet ? [name] : []));

const ownVariant = ({ name, architecture, options, published }: OwnVariant, standard: string): Variant => ({
  name,
  architecture: architecture ?? standard,
  options,
  ...(published && { published }),
});

function rowVariant(given: string, standard: string): Variant {
  const [named, ...rest] = given.split('/');
  const [architecture, wanted] = rest.length > 0 ? [named ?? '', rest.join('/')] : [standard, given];
  const row = paperRow(wanted);
  if (!row) throw unknownVariant(given, rowsOf('zfnet'));
  if (!hasRows(architecture) && row.name !== 'base') throw rowsNeedArchitecture(row.name, architecture);
  const published = hasRows(architecture) ? row.published[architecture] : undefined;
  return {
    name: architecture === standard ? row.name : `${architecture}/${row.name}`,
    architecture,
    options: row.options,
    ...(published && { published }),
  };
}
