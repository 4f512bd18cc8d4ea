import type { Architecture } from '@featurescope/core';
import { alexnet } from './alexnet.js';
import { lenet } from './lenet.js';
import { photonet } from './photonet.js';
import { sketchANet, sketchANetFused } from './sketch-a-net.js';
import { squeezenet } from './squeezenet.js';
import { vgg16 } from './vgg16.js';
import { zfnet } from './zfnet.js';

export { alexnet, lenet, photonet, sketchANet, sketchANetFused, squeezenet, vgg16, zfnet };

/** Every architecture that a config or `featurescope list` can name. */
export const architectures: readonly Architecture[] = [alexnet, lenet, photonet, sketchANet, sketchANetFused, squeezenet, vgg16, zfnet].map(
  ({ architecture }) => architecture,
);
