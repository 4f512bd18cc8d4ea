/** Names of the rules on the command line. */
export const STEP_RULES = ['mean-gradient', 'fixed', 'adam'] as const;

/** What a rule sees of one picture. */
export interface StepInput {
  /** ∂J/∂x, in the order of the picture's values. */
  readonly gradient: Float32Array;
  /** What the rule remembers of these values: zeros before the first step. */
  readonly moments: readonly Float32Array[];
  /** Steps, this one included, since the moments were zero. */
  readonly count: number;
}

/** What is added to the picture, before the step size: `scale` times each of the values. */
export interface Direction {
  readonly values: Float32Array;
  readonly scale: number;
}

/** Turns a gradient into a direction. */
export interface StepRule {
  readonly name: string;
  /** Numbers that it remembers of each value from step to step. */
  readonly moments: number;
  /** Brings the moments up to date. The values may be the gradient, a moment, or what `scratch` gives, which has as many. */
  direction(input: StepInput, scratch: () => Float32Array): Direction;
}

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** Mean |∂J/∂x|. */
export function meanMagnitude(gradient: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < gradient.length; i++) sum += Math.abs(gradient[i] ?? 0);
  return sum / gradient.length;
}

/** g / mean|g|; zero where the gradient vanishes altogether (google/deepdream). */
const meanGradient: StepRule = {
  name: 'mean-gradient',
  moments: 0,
  direction: ({ gradient }) => {
    const mean = meanMagnitude(gradient);
    return { values: gradient, scale: mean === 0 ? 0 : 1 / mean };
  },
};

/** The gradient itself. */
const fixed: StepRule = { name: 'fixed', moments: 0, direction: ({ gradient }) => ({ values: gradient, scale: 1 }) };

/** m̂ / (√v̂ + ε) (Kingma & Ba 2015). */
const adam: StepRule = {
  name: 'adam',
  moments: 2,
  direction: ({ gradient, moments: [first = none, second = none], count }, scratch) => {
    const values = scratch();
    const [unbiased1, unbiased2] = [1 - BETA1 ** count, 1 - BETA2 ** count];
    for (let i = 0; i < values.length; i++) {
      const g = gradient[i] ?? 0;
      const m = BETA1 * (first[i] ?? 0) + (1 - BETA1) * g;
      const v = BETA2 * (second[i] ?? 0) + (1 - BETA2) * g * g;
      first[i] = m;
      second[i] = v;
      values[i] = m / unbiased1 / (Math.sqrt(v / unbiased2) + EPSILON);
    }
    return { values, scale: 1 };
  },
};

const none = new Float32Array();

const RULES = { 'mean-gradient': meanGradient, fixed, adam } as const;

export const stepRule = (name: (typeof STEP_RULES)[number]): StepRule => RULES[name];

/** m ← μ·m + g, the direction being m: with a step of η this is m ← μ·m + η·g of gradient ascent with momentum. */
export const momentum = (factor: number): StepRule => ({
  name: 'momentum',
  moments: 1,
  direction: ({ gradient, moments: [kept = none] }) => {
    for (let i = 0; i < kept.length; i++) kept[i] = factor * (kept[i] ?? 0) + (gradient[i] ?? 0);
    return { values: kept, scale: 1 };
  },
});
