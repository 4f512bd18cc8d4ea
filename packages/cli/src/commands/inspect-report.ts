import type { InputSpec, LayerInfo, ReceptiveField } from '@featurescope/core';
import { table } from '../report/table.js';

/** What `inspect --json` prints. */
export interface InspectReport {
  readonly model: string;
  readonly input: InputSpec & { readonly name: string };
  readonly layers: readonly LayerInfo[];
  readonly parameters: number;
}

const extent = ([height, width]: readonly [number, number]): string => `${number(height)}×${number(width)}`;
const number = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(2));
const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ' ');

const fieldCells = ({ size, jump, start }: ReceptiveField): string[] => [
  extent(size),
  extent(jump),
  `${number(start[0])}, ${number(start[1])}`,
];

/** The report as an aligned table under a line about the whole network. */
export const inspectTable = ({ model, input, layers, parameters }: InspectReport): string => {
  const rows = layers.map(({ index, name, kind, outputShape, parameters: own, receptiveField }) => [
    String(index),
    name,
    kind,
    outputShape.join('×'),
    own === 0 ? '' : grouped(own),
    ...fieldCells(receptiveField),
  ]);
  const right = { align: 'right' } as const;
  const columns = [
    { title: '#', ...right },
    { title: 'name' },
    { title: 'kind' },
    { title: 'output', ...right },
    { title: 'parameters', ...right },
    { title: 'field', ...right },
    { title: 'jump', ...right },
    { title: 'start', ...right },
  ];
  const [height, width] = input.size;
  const size = `${height}×${width}×${input.channels}${input.fixedSize ? '' : ' (any size)'}`;
  return `${model}: input ${size}, ${layers.length} layers, ${grouped(parameters)} parameters\n\n${table(columns, rows)}`;
};
