import type { CanvasShape } from '../loop/canvas.js';
import { meanMagnitude, momentum, type StepRule, stepRule } from '../loop/step-rules.js';
import { type GreyUnits, NATURAL_DEVIATION, naturalEnergy } from './grey-units.js';
import type { InvertOptions } from './options.js';

type Options = Pick<InvertOptions, 'stepRule' | 'step' | 'momentum' | 'stepLimit'>;

/** The authors' rate; without momentum, which multiplies a steady gradient by 1 / (1 − 0.9), ten times as much. */
const RATES: Readonly<Record<InvertOptions['stepRule'], number>> = { momentum: 0.004, fixed: 0.04, adam: 0.05, 'mean-gradient': 0.02 };

/** Base rate, before the factors of the schedule. */
export const baseRate = ({ stepRule, step }: Pick<Options, 'stepRule' | 'step'>): number => step ?? RATES[stepRule];

/**
 * Step per channel in input units. The update m ← 0.9 m − rate · σ² · ∇loss, x ← x + m of the authors is in grey levels; one grey level of a
 * channel being g input units, its gradient is g times that of the input unit, and so is the way back: rate · σ² · g². Rules that give
 * directions of a size of their own, Adam and the mean gradient, go rate · 68.9 grey levels.
 */
export function stepOf(stepRule: InvertOptions['stepRule'], rate: number, { ofLevel }: GreyUnits, shape: CanvasShape): number[] {
  switch (stepRule) {
    case 'momentum':
    case 'fixed':
      return ofLevel.map((level) => rate * naturalEnergy(shape) * level ** 2);
    case 'adam':
    case 'mean-gradient':
      return ofLevel.map((level) => rate * NATURAL_DEVIATION * level);
  }
}

/** The rule that turns gradients into steps; plain gradients that would move the picture by more than the limit on average are shortened. */
export function ruleOf(options: Options, { ofLevel }: GreyUnits, shape: CanvasShape): StepRule {
  const { stepLimit } = options;
  const rule = options.stepRule === 'momentum' ? momentum(options.momentum) : stepRule(options.stepRule);
  if (stepLimit === 0 || options.stepRule === 'adam' || options.stepRule === 'mean-gradient') return rule;
  const level = ofLevel.reduce((sum, units) => sum + units, 0) / ofLevel.length;
  return limited(rule, stepLimit / (baseRate(options) * naturalEnergy(shape) * level));
}

/**
 * A rule that sees gradients with a mean magnitude of at most `limit`. Where the loss is too steep for the rate, which would make ever larger steps
 * to and fro, they stay small, until a smaller factor of the schedule ends them.
 */
const limited = (rule: StepRule, limit: number): StepRule => ({
  ...rule,
  direction: (input, scratch) => {
    const mean = meanMagnitude(input.gradient);
    const gradient = mean > limit ? input.gradient.map((value) => (value * limit) / mean) : input.gradient;
    return rule.direction({ ...input, gradient }, scratch);
  },
});
