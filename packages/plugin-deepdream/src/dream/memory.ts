import type { Extent, LayerName, Model } from '@featurescope/core';
import { noMemoryForTiles } from '../errors.js';
import { stepRule } from '../loop/step-rules.js';
import type { TilePlan } from '../loop/tile-plan.js';
import { parseBytes } from '../tiles/bytes.js';
import { overlapOf } from '../tiles/overlap.js';
import { passBytes } from '../tiles/pass-bytes.js';
import { passBudget, tileForMemory } from '../tiles/tile-for-memory.js';
import type { DreamOptions } from './options.js';
import { fits } from './plan.js';

/** Memory that is stayed within where nobody asked for an amount, and tiles can achieve it. */
const DEFAULT_MEMORY = '4GB';
/** Sides and overlaps of automatic tiles are multiples of this, so that windows and pools lie as in the whole picture. */
const TILE_STEP = 32;
/** Smallest side of an automatic tile. */
const SMALLEST = 64;

const FLOAT = 4;

type TileChoice = Pick<DreamOptions, 'tileSize' | 'tileOverlap' | 'tileBlend' | 'tileShift' | 'memory'>;

type MemoryChoice = TileChoice & Pick<DreamOptions, 'stepRule' | 'guide' | 'guideMatch'>;

/** Arrays of the size of the picture besides the three that the budget of a pass allows for. */
function moreCanvases({ stepRule: name, guide, guideMatch }: MemoryChoice): number {
  const { moments } = stepRule(name);
  // The recording is a copy of the picture and the moments, and what is no longer used is not always gone at once.
  const recording = 1 + moments;
  const guides = guide !== undefined && guideMatch === 'dot' ? 1 : 0;
  return recording + 1 + moments + guides;
}

/** How a picture of this size is cut: as asked for, or so that a pass stays within the memory; undefined when it need not be. */
export function planTiles(model: Model, layers: readonly LayerName[], size: Extent, options: MemoryChoice): TilePlan | undefined {
  const { tileSize, tileBlend, tileShift } = options;
  if (tileSize) {
    const overlap = overlapOf(options.tileOverlap ?? 0, tileSize);
    if (tileSize[0] >= size[0] && tileSize[1] >= size[1]) return undefined;
    return { size: tileSize, overlap, blend: tileBlend ?? 'none', shift: tileShift ?? false };
  }
  const tile = automaticTile(model, layers, size, options);
  if (!tile) return undefined;
  const overlap = options.tileOverlap === undefined ? automaticOverlap(model, layers, tile) : overlapOf(options.tileOverlap, tile);
  return { size: tile, overlap, blend: tileBlend ?? 'ramp', shift: tileShift ?? true };
}

/** The largest tile within the memory. @throws FeaturescopeError when an amount was asked for that even the smallest exceeds */
function automaticTile(model: Model, layers: readonly LayerName[], size: Extent, options: MemoryChoice): Extent | undefined {
  const { network, input } = model;
  const { memory } = options;
  const whole = parseBytes(memory ?? DEFAULT_MEMORY);
  const budget = whole - moreCanvases(options) * FLOAT * size[0] * size[1] * input.channels;
  const smallest = smallestTile(model, layers, size);
  const least = passBytes(network, [...smallest, input.channels], layers);
  const left = passBudget(budget, size, input.channels);
  if (least > left) {
    if (memory === undefined) return undefined;
    throw noMemoryForTiles(memory, `${Math.ceil((whole - left + least) / 1e6)}MB`);
  }
  return tileForMemory(network, layers, input.channels, budget, size, smallest, TILE_STEP);
}

/** The smallest tile that reaches the layers. */
function smallestTile(model: Model, layers: readonly LayerName[], size: Extent): Extent {
  for (let side = SMALLEST; side < Math.max(...size); side += TILE_STEP) {
    const tile: Extent = [Math.min(side, size[0]), Math.min(side, size[1])];
    if (fits(model, layers, tile)) return tile;
  }
  return size;
}

/** What the layers see around a position, and at most half a tile. */
function automaticOverlap(model: Model, layers: readonly LayerName[], tile: Extent): Extent {
  const seen = ([0, 1] as const).map((axis) => Math.max(...layers.map((layer) => model.layer(layer).receptiveField.size[axis])));
  return [along(seen[0] ?? 0, tile[0]), along(seen[1] ?? 0, tile[1])];
}

const along = (seen: number, tile: number): number =>
  Math.min(Math.ceil(seen / TILE_STEP) * TILE_STEP, Math.floor(tile / 2 / TILE_STEP) * TILE_STEP);

/** Options of tiles that were given although the picture is worked on as a whole, in words. */
export function tileWarning(options: TileChoice, isTiled: boolean): string[] {
  const given = [
    ...(options.tileSize ? ['--tile-size'] : []),
    ...(options.tileOverlap === undefined ? [] : ['--tile-overlap']),
    ...(options.tileBlend ? ['--tile-blend'] : []),
    ...(options.tileShift ? ['--tile-shift'] : []),
  ];
  return isTiled || given.length === 0
    ? []
    : [
        `${given.join(', ')} ${given.length === 1 ? 'has' : 'have'} no effect: the picture is worked on as a whole, since it is not larger than a tile`,
      ];
}
