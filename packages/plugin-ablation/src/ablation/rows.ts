/** Errors in percent, as published; measured on ImageNet with 1000 classes. */
export interface PublishedErrors {
  readonly trainTop1: number;
  readonly validationTop1: number;
  readonly validationTop5: number;
}

/** A row of the ablation table of Zeiler & Fergus (ECCV 2014). */
interface PaperRow {
  readonly name: string;
  /** Options of `zfnet` and `alexnet`. */
  readonly options: Readonly<Record<string, unknown>>;
  /** By architecture, where there are any. */
  readonly published: { readonly zfnet?: PublishedErrors; readonly alexnet?: PublishedErrors };
}

const errors = (trainTop1: number, validationTop1: number, validationTop5: number): PublishedErrors => ({
  trainTop1,
  validationTop1,
  validationTop5,
});

const MAPS = [512, 1024, 512];

/** Zeiler & Fergus, ECCV 2014, Table 2: their replica of AlexNet and their own network; the sizes are those of full width. */
export const PAPER_ROWS: readonly PaperRow[] = [
  { name: 'base', options: {}, published: { alexnet: errors(35.1, 40.5, 18.1), zfnet: errors(33.1, 38.4, 16.5) } },
  { name: '-L3,4', options: { remove: [3, 4] }, published: { alexnet: errors(41.8, 45.4, 22.1) } },
  { name: '-L7', options: { remove: [7] }, published: { alexnet: errors(27.4, 40.0, 18.4) } },
  { name: '-L6,7', options: { remove: [6, 7] }, published: { alexnet: errors(27.4, 44.8, 22.4) } },
  { name: '-L3,4,6,7', options: { remove: [3, 4, 6, 7] }, published: { alexnet: errors(71.1, 71.3, 50.1) } },
  {
    name: '6,7=2048',
    options: { fullyConnected: 2048 },
    published: { alexnet: errors(40.3, 41.7, 18.8), zfnet: errors(38.2, 40.2, 17.6) },
  },
  {
    name: '6,7=8192',
    options: { fullyConnected: 8192 },
    published: { alexnet: errors(26.8, 40.0, 18.1), zfnet: errors(22.0, 38.8, 17.0) },
  },
  { name: 'maps 512-1024-512', options: { maps: MAPS }, published: { zfnet: errors(18.8, 37.5, 16.0) } },
  { name: 'both', options: { fullyConnected: 8192, maps: MAPS }, published: { zfnet: errors(10.0, 38.3, 16.9) } },
];

/** Letters and digits alone, so that `L3+4` on a command line, where commas part the items of a list, means `-L3,4`. */
const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** The row of a name, whatever signs stand between its letters and digits. */
export function paperRow(name: string): PaperRow | undefined {
  return PAPER_ROWS.find((row) => plain(row.name) === plain(name));
}
