import { disposalGroup } from './checks/disposal.js';
import { guideGroup } from './checks/guides.js';
import { hookGroup } from './checks/hooks.js';
import { passGroup } from './checks/passes.js';
import { seedFunctionGroup } from './checks/seed-functions.js';
import { seedGroups } from './checks/seeds.js';
import { setWeightsGroup } from './checks/set-weights.js';
import { sizeGroup } from './checks/sizes.js';
import { targetGroups } from './checks/targets.js';
import { weightlessGroup } from './checks/weightless.js';
import { wrongSeedGroup } from './checks/wrong-seeds.js';
import type { NetworkCase } from './network-case.js';
import { convolutions, denseLayers } from './networks/convolutions.js';
import { graphs, joins } from './networks/graphs.js';
import { activationFunctions, layouts, normalisations } from './networks/pointwise.js';
import { averagePools, maxPools } from './networks/pools.js';
import type { ConformanceGroup } from './test-case.js';

/** Every network that the suite runs forward, backward under all policies and for weight gradients, by kind. */
export const conformanceNetworks = (): Readonly<Record<string, readonly NetworkCase[]>> => ({
  conv: convolutions(),
  dense: denseLayers(),
  maxPool: maxPools(),
  avgPool: averagePools(),
  activation: activationFunctions(),
  normalisation: normalisations(),
  layout: layouts(),
  join: joins(),
  graph: graphs(),
});

/** All tests, in groups. */
export const conformanceGroups = (): readonly ConformanceGroup[] => [
  ...Object.entries(conformanceNetworks()).flatMap(([kind, cases]) => cases.map((item) => passGroup(kind, item))),
  ...targetGroups(),
  ...seedGroups(),
  guideGroup(),
  weightlessGroup(),
  wrongSeedGroup(),
  seedFunctionGroup(),
  hookGroup(),
  sizeGroup(),
  setWeightsGroup(),
  disposalGroup(),
];
