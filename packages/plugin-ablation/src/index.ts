import { definePlugin } from '@featurescope/core';
import { ablation } from './ablation/ablation.js';
import { transfer } from './transfer/transfer.js';

export { ablation } from './ablation/ablation.js';
export { transfer } from './transfer/transfer.js';

/** Which layers matter: what a network loses without them, and what their features are worth elsewhere. */
export const plugin = definePlugin({ name: '@featurescope/plugin-ablation', visualizers: [ablation, transfer] });
