import { getKernel, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import { avgPoolGrad, avgPoolGradOnWebgpu } from './avg-pool-grad.js';
import { conv2dBackpropFilter } from './conv2d-backprop-filter.js';
import { conv2dBackpropInput } from './conv2d-backprop-input.js';
import { depthwiseBackpropFilter, depthwiseBackpropInput } from './depthwise-backprop.js';
import { maxPoolGrad, maxPoolGradOnGpu } from './max-pool-grad.js';
import type { Repair, RepairedBackend } from './repair.js';
import { resizeBilinearGrad } from './resize-bilinear-grad.js';
import { resizeNearestNeighborGrad } from './resize-nearest-neighbor-grad.js';
import { unsortedSegmentSum } from './unsorted-segment-sum.js';

const REPAIRS: readonly Repair[] = [
  maxPoolGrad,
  maxPoolGradOnGpu,
  avgPoolGrad,
  avgPoolGradOnWebgpu,
  conv2dBackpropInput,
  conv2dBackpropFilter,
  depthwiseBackpropInput,
  depthwiseBackpropFilter,
  unsortedSegmentSum,
  resizeBilinearGrad,
  resizeNearestNeighborGrad,
];

/** Puts the repaired kernels in place of what a backend came with. Doing it again changes nothing. */
export function repairKernels(backendName: string, flavour: RepairedBackend): void {
  for (const { kernelName, backends, kernelFunc } of REPAIRS) {
    if (!backends.includes(flavour)) continue;
    const present = getKernel(kernelName, backendName);
    if (present?.kernelFunc === kernelFunc) continue;
    if (present) unregisterKernel(kernelName, backendName);
    registerKernel({ kernelName, backendName, kernelFunc });
  }
}
