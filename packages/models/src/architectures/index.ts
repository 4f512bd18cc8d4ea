import type { Architecture } from '@featurescope/core';
import { alexnet } from './alexnet.js';
import { googlenet } from './googlenet.js';
import { lenet } from './lenet.js';
import { photonet } from './photonet.js';
import { resnet18, resnet34, resnet50 } from './resnet.js';
import { sketchANet, sketchANetFused } from './sketch-a-net.js';
import { squeezenet } from './squeezenet.js';
import { vgg16, vgg19 } from './vgg-deep.js';
import { vggF, vggM } from './vgg-devil.js';
import { zfnet } from './zfnet.js';

export {
  alexnet,
  googlenet,
  lenet,
  photonet,
  resnet18,
  resnet34,
  resnet50,
  sketchANet,
  sketchANetFused,
  squeezenet,
  vgg16,
  vgg19,
  vggF,
  vggM,
  zfnet,
};

/** Every architecture that a config or `featurescope list` can name. */
export const architectures: readonly Architecture[] = [
  alexnet,
  googlenet,
  lenet,
  photonet,
  resnet18,
  resnet34,
  resnet50,
  sketchANet,
  sketchANetFused,
  squeezenet,
  vgg16,
  vgg19,
  vggF,
  vggM,
  zfnet,
].map(({ architecture }) => architecture);
