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

type MemoryChoice = TileChoice & Pick<DreamOptions, 'stepRule' | 'guide' | 'guideMatch' | 'octaves' | 'clipNorm' | 'clipContribution'>;

/** Arrays of the size of the picture besides the three that the budget of a pass allows for. */
function moreCanvases({ stepRule: name, guide, guideMatch, octaves, clipNorm, clipContribution }: MemoryChoice, channels: number): number {
  const { moments } = stepRule(name);
  // The recording is a copy of the picture and the moments, and what is no longer used is not always gone at once.
  const recording = 1 + moments;
  const guides = guide !== undefined && guideMatch === 'dot' ? 1 : 0;
  const detail = octaves > 1 ? 1 : 0;
  // One number for each pixel.
  const statistic = clipNorm > 0 || clipContribution > 0 ? 1 / channels : 0;
  return recording + 1 + moments + guides + detail + statistic;
}

/** How each octave is cut: as asked for, or so that a pass stays within the memory; undefined for those that need not be. */
export function planTiles(
  model: Model,
  layers: readonly LayerName[],
  sizes: readonly Extent[],
  options: MemoryChoice,
  visualizer: string,
): (TilePlan | undefined)[] {
  const plan = options.tileSize ? givenTiles(options.tileSize, options) : automaticTiles(model, layers, sizes, options, visualizer);
  return sizes.map((size) => (plan && !isWithin(size, plan.size) ? plan : undefined));
}

const isWithin = (size: Extent, tile: Extent): boolean => size[0] <= tile[0] && size[1] <= tile[1];

const givenTiles = (size: Extent, { tileOverlap = 0, tileBlend = 'none', tileShift = false }: TileChoice): TilePlan => ({
  size,
  overlap: overlapOf(tileOverlap, size),
  blend: tileBlend,
  shift: tileShift,
});

function automaticTiles(
  model: Model,
  layers: readonly LayerName[],
  sizes: readonly Extent[],
  options: MemoryChoice,
  visualizer: string,
): TilePlan | undefined {
  const tile = oneTile(model, layers, sizes, options, visualizer);
  if (!tile) return undefined;
  const { tileOverlap, tileBlend = 'ramp', tileShift = true } = options;
  const overlap = tileOverlap === undefined ? automaticOverlap(model, layers, tile) : overlapOf(tileOverlap, tile);
  return { size: tile, overlap, blend: tileBlend, shift: tileShift };
}

/**
 * One size of tiles for all octaves: a runtime keeps what it took for every size of a pass. So it does for those of the smaller octaves
 * that are seen as a whole, of which there are as many as leave room for a tile that is larger than they are.
 */
function oneTile(
  model: Model,
  layers: readonly LayerName[],
  sizes: readonly Extent[],
  options: MemoryChoice,
  visualizer: string,
): Extent | undefined {
  const full = sizes.at(-1);
  if (!full) return undefined;
  for (let whole = sizes.length - 1; whole >= 0; whole--) {
    const taken = sizes.slice(0, whole).reduce((sum, size) => sum + passBytes(model.network, [...size, model.input.channels], layers), 0);
    const tile = automaticTile(model, layers, full, options, taken, visualizer);
    const [last, next = full] = [sizes[whole - 1], sizes[whole]];
    if (!tile || !last || isWithin(last, tile)) return tile && isWithin(next, tile) ? smallerThan(model, layers, next, tile) : tile;
  }
  return undefined;
}

/** The tile, made so small that this picture is not within it, as far as it then reaches the layers. */
function smallerThan(model: Model, layers: readonly LayerName[], size: Extent, tile: Extent): Extent {
  const side = Math.max(TILE_STEP, Math.floor((Math.max(...size) - 1) / TILE_STEP) * TILE_STEP);
  const smaller: Extent = [Math.min(side, tile[0]), Math.min(side, tile[1])];
  return fits(model, layers, smaller) ? smaller : tile;
}

/** The largest tile within the memory, of which some is taken. @throws FeaturescopeError when an amount was asked for that even the smallest exceeds */
function automaticTile(
  model: Model,
  layers: readonly LayerName[],
  size: Extent,
  options: MemoryChoice,
  taken: number,
  visualizer: string,
): Extent | undefined {
  const { network, input } = model;
  const { memory } = options;
  const whole = parseBytes(memory ?? DEFAULT_MEMORY);
  const budget = whole - moreCanvases(options, input.channels) * FLOAT * size[0] * size[1] * input.channels;
  const smallest = smallestTile(model, layers, size);
  const least = passBytes(network, [...smallest, input.channels], layers);
  const left = passBudget(budget, size, input.channels);
  if (least > left) {
    if (memory === undefined) return undefined;
    throw noMemoryForTiles(visualizer, memory, `${Math.ceil((whole - left + least) / 1e6)}MB`);
  }
  return tileForMemory(network, layers, input.channels, budget - taken, size, smallest, TILE_STEP);
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
