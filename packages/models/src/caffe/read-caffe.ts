import { dirname, extname, join } from 'node:path';
import type { ReadFormat } from '../loader/format.js';
import { decodeCaffeModel } from './decode.js';
import { invalidCaffeNetwork } from './errors.js';
import { importCaffe } from './import-caffe.js';
import { layersOf } from './layer-types.js';
import { readMeanFile } from './mean-file.js';
import { otherHalf } from './other-half.js';
import { parsePrototxt } from './parse-text.js';

/** The text of the largest published networks has a tenth of it. */
const MAX_PROTOTXT = 8_000_000;

/** Reads a network of Caffe, given by its `.prototxt` or its `.caffemodel`; the other one lies beside it. */
export const readCaffe: ReadFormat = async (bytes, place) => {
  const { path, size } = place;
  const isText = extname(path).toLowerCase() === '.prototxt';
  const other = await otherHalf(place);
  const beside = join(dirname(path), other);
  const [netPath, weightsPath] = isText ? [path, beside] : [beside, path];
  const read = await place.read(other, isText ? undefined : MAX_PROTOTXT);
  const [text, weights] = isText ? [bytes, read] : [read, bytes];
  if (text.length > MAX_PROTOTXT) throw invalidCaffeNetwork(netPath, `it has ${text.length} bytes; expected at most ${MAX_PROTOTXT}`);
  const net = parsePrototxt(new TextDecoder().decode(text), netPath);
  const mean = await readMeanFile(layersOf(net, netPath), place);
  const decoded = decodeCaffeModel(weights, weightsPath);
  return importCaffe({ net, netPath, weights: decoded, weightsPath, weightBytes: weights.length, ...(mean && { mean }) }, size);
};
