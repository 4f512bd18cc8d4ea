import type { LayerParameter, Message } from './messages.js';

/** Whether a network that is run for its predictions (phase TEST, level 0, no stages) has this layer. */
export const isIncluded = ({ include = [], exclude = [] }: LayerParameter): boolean =>
  include.length > 0 ? include.some(isMet) : !exclude.some(isMet);

const isMet = ({ phase, min_level = 0, max_level = 0, stage = [] }: Message<'NetStateRule'>): boolean =>
  (phase === undefined || phase === 'TEST') && min_level <= 0 && max_level >= 0 && stage.length === 0;
