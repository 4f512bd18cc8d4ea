import { resizePlan } from '../image/geometry.js';
import type { Image } from '../image/image.js';
import { cropImage, toByte } from '../image/pixels.js';
import { toInputUnits } from '../image/preprocess.js';
import type { InputSpec, StrokePreprocessing } from '../model/input-spec.js';
import type { Extent } from '../network/layer.js';
import type { InputValues, WantedSize } from '../visualizer/context.js';
import { interleaved, strokeChannels, strokePlanes, unionCount } from './channels.js';
import type { Drawing } from './drawing.js';
import { drawingDoesNotFit, partsDoNotFit } from './errors.js';
import { placementIn, rasterise } from './rasterise.js';
import { atResolution } from './resolution.js';

const MOST_PARTS = 5;

/**
 * How a network sees strokes: as its preprocessing says or, without that, by its number of channels; undefined for one that takes
 * grey or coloured pictures.
 */
export function strokePreprocessing({ channels, preprocessing, size }: InputSpec): StrokePreprocessing | undefined {
  if (preprocessing?.strokes) return preprocessing.strokes;
  if (channels === 1 || channels === 3) return undefined;
  for (let parts = 1; parts <= MOST_PARTS; parts++)
    if (unionCount(parts) === channels) return { penWidth: defaultPenWidth(size), parts, split: 'even' };
  return undefined;
}

/** Whether drawings are drawn for a network with a pen of its own: one that sees strokes, or white lines on black. */
export const drawsStrokes = (spec: InputSpec): boolean =>
  strokePreprocessing(spec) !== undefined || (spec.channels === 1 && spec.preprocessing?.invert === true);

/** Resolutions that have channels of their own. */
const scalesOf = ({ resolution }: StrokePreprocessing): number => (Array.isArray(resolution) ? resolution.length : 1);

/** Channels of a network that sees strokes so. */
export const strokeChannelCount = (strokes: StrokePreprocessing): number => unionCount(strokes.parts) * scalesOf(strokes);

/** Pixels: a 128th of the shorter side, but visible in small pictures too. */
export const defaultPenWidth = ([height, width]: Extent): number => Math.max(1.5, Math.min(height, width) / 128);

/**
 * A drawing in the network's input units, [1, H, W, C]: as stroke-order channels with ink 255 on 0 before scale, mean and deviation where
 * the network sees strokes, else as a picture of black lines on white. `source` names it in messages.
 * @throws FeaturescopeError when the network takes another number of channels
 */
export function drawingValues(drawing: Drawing, spec: InputSpec, size: WantedSize = 'model', source = 'given'): InputValues {
  const strokes = strokePreprocessing(spec);
  if (strokes) return strokeValues(drawing, spec, strokes, size);
  if (spec.channels !== 1 && spec.channels !== 3) throw drawingDoesNotFit(source, spec.channels);
  const image = pictureOf(drawing, spec, size);
  return { shape: [1, image.height, image.width, spec.channels], data: toInputUnits(image, spec, true) };
}

/** Sizes are those of the whole drawing; the network's own is cut out of the middle of `strokes.canvas`. */
function strokeValues(drawing: Drawing, spec: InputSpec, strokes: StrokePreprocessing, size: WantedSize): InputValues {
  const { channels, preprocessing } = spec;
  if (strokeChannelCount(strokes) !== channels) throw partsDoNotFit(strokes.parts, scalesOf(strokes), channels);
  const canvas = strokes.canvas ?? Math.min(...spec.size);
  const whole: Extent = size === 'model' ? [canvas, canvas] : extentOf(drawing, size);
  const shown: Extent = size === 'model' ? spec.size : whole;
  const data = inkOf(drawing, strokes, whole, shown, Math.min(...whole) / canvas);
  const { scale, mean, std } = preprocessing ?? { scale: 1, mean: [], std: [] };
  for (let c = 0; c < channels; c++) {
    const [factor, offset] = [(255 * scale) / (std[c] ?? 1), (mean[c] ?? 0) / (std[c] ?? 1)];
    for (let i = c; i < data.length; i += channels) data[i] = (data[i] ?? 0) * factor - offset;
  }
  return { shape: [1, ...shown, channels], data };
}

/** The channels of a drawing of `whole` pixels, of which the middle is kept; `zoom` is the ratio to the size that the preprocessing means. */
function inkOf(drawing: Drawing, strokes: StrokePreprocessing, whole: Extent, shown: Extent, zoom: number): Float32Array {
  const { parts, split, resolution } = strokes;
  const penWidth = strokes.penWidth * zoom;
  const [down, right] = [Math.floor((whole[0] - shown[0]) / 2), Math.floor((whole[1] - shown[1]) / 2)];
  if (resolution === undefined) {
    const { scale, left, top } = placementIn(drawing, whole);
    return strokeChannels(drawing, { size: shown, penWidth, parts, split, placement: { scale, left: left - right, top: top - down } });
  }
  const planes = strokePlanes(drawing, { size: whole, penWidth, parts, split });
  const scales = [resolution].flat();
  const blurred = scales.flatMap((scale) => planes.map((plane) => atResolution(plane, whole, scale * zoom)));
  return interleaved(blurred.map((plane) => windowOf(plane, whole, shown, down, right)));
}

/** The part of a picture from a row and a column on; what lies outside is 0. */
function windowOf(plane: Float32Array, [height, width]: Extent, shown: Extent, down: number, right: number): Float32Array {
  if (height === shown[0] && width === shown[1]) return plane;
  const part = new Float32Array(shown[0] * shown[1]);
  for (let y = 0; y < shown[0]; y++)
    for (let x = 0; x < shown[1]; x++) {
      const [row, column] = [y + down, x + right];
      if (row >= 0 && row < height && column >= 0 && column < width) part[y * shown[1] + x] = plane[row * width + column] ?? 0;
    }
  return part;
}

/** Black lines on white, scaled and cropped as pictures are, but never distorted. */
function pictureOf(drawing: Drawing, spec: InputSpec, size: WantedSize): Image {
  const native = extentOf(drawing, 'native');
  const { resize, crop } = resizePlan(native, spec, size);
  const image = drawingImage(drawing, resize);
  return crop ? cropImage(image, crop, 255) : image;
}

/** A drawing as a grey picture of black lines on white. */
export function drawingImage(drawing: Drawing, size: Extent, penWidth = defaultPenWidth(size)): Image {
  const data = Uint8Array.from(rasterise(drawing, size, penWidth), (ink) => toByte(255 * (1 - ink)));
  return { width: size[1], height: size[0], channels: 1, data };
}

const extentOf = ({ height, width }: Drawing, size: Exclude<WantedSize, 'model'>): Extent =>
  size === 'native' ? [Math.max(1, Math.round(height)), Math.max(1, Math.round(width))] : size;
