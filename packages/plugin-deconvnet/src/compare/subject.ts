import { findTarget, type LayerName, type Model, resolveTarget, type TargetOptions, type Visualizer } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { describeUnit } from '../attribution/attribution.js';
import type { CompareOptions } from './options.js';

/** What all methods explain on one picture. */
export interface Subject {
  /** A class, or a unit of a layer. */
  readonly kind: 'class' | 'unit';
  readonly layer: LayerName;
  readonly unit: number;
  readonly at: readonly [y: number, x: number];
  readonly of: CompareOptions['of'];
  /** The class asked for; of a unit, that for which methods weigh the maps of its layer. */
  readonly class?: number | string;
  readonly label: string;
}

const NAME = 'compare';

/** Checks before any work that what is to be explained is there. @throws FeaturescopeError for unknown names and contradictory options */
export function checkTargets(model: Model, options: CompareOptions): void {
  const { layers, ...target } = options;
  findTarget(model, addressed(target), NAME);
  for (const layer of layers ?? []) model.layer(layer);
}

/** The class, the unit, or the strongest unit of a layer of the grid on a picture [1, H, W, C]. */
export async function subjectOf(model: Model, picture: Tensor4D, options: CompareOptions, layer?: LayerName): Promise<Subject> {
  const { of, class: wanted } = options;
  const reference = findTarget(model, layer === undefined ? addressed(options) : { ...addressed({}), layer }, NAME);
  const { layer: found, unit, at } = await resolveTarget(model, picture, reference);
  const isUnit = layer !== undefined || options.layer !== undefined;
  const label = describeUnit(model, picture, found.name, { channel: unit, at });
  const asked = isUnit ? wanted : unit;
  return { kind: isUnit ? 'unit' : 'class', layer: found.name, unit, at, of, label, ...(asked === undefined ? {} : { class: asked }) };
}

const addressed = ({ class: wanted, of = 'logits', layer, unit, at }: Partial<TargetOptions>): TargetOptions => ({
  ...(wanted === undefined ? {} : { class: wanted }),
  of,
  ...(layer === undefined ? {} : { layer }),
  ...(unit === undefined ? {} : { unit }),
  ...(at === undefined ? {} : { at }),
});

/** Whether a visualizer can be asked for a unit of a layer, or about a layer; every one can be asked about a picture as a whole. */
export const canExplain = ({ options: { shape } }: Visualizer, kind: Subject['kind']): boolean =>
  kind === 'class' || 'layer' in shape || 'layers' in shape;

/**
 * The options with which a visualizer explains it, by the names of the options that it has: those of `targetOptions`, a layer alone for
 * what looks at a whole layer, or `layers`; none for one that shows what it shows.
 */
export function optionsFor({ options: { shape }, needsInputs = true }: Visualizer, subject: Subject): Readonly<Record<string, unknown>> {
  const { kind, layer, unit, at, of } = subject;
  const known = (given: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(given).filter(([name, value]) => value !== undefined && name in shape));
  // A picture made without an input has no position that was found on one.
  const position = needsInputs ? at : undefined;
  if (kind === 'class') {
    if ('class' in shape) return known({ class: unit, of, at: position });
    return 'layer' in shape && 'unit' in shape ? { layer, unit } : {};
  }
  if ('layer' in shape) return known('unit' in shape ? { layer, unit, at: position } : { layer, class: subject.class, of });
  return 'layers' in shape ? { layers: [layer] } : {};
}

/** Whether a visualizer makes its picture from what is named alone, so that it is the same for every input. */
export const ignoresInput = ({ needsInputs = true }: Visualizer, given: Readonly<Record<string, unknown>>): boolean =>
  !needsInputs && ('class' in given || 'unit' in given);
