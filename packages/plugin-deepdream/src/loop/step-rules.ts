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

/** Turns a gradient into a direction. */
export interface StepRule {
  readonly name: string;
  /** Numbers that it remembers of each value from step to step. */
  readonly moments: number;
  /** Writes to `into` what is added to each value, before the step size, and brings the moments up to date. */
  direction(input: StepInput, into: Float32Array): void;
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
  direction: ({ gradient }, into) => {
    const mean = meanMagnitude(gradient);
    const factor = mean === 0 ? 0 : 1 / mean;
    for (let i = 0; i < into.length; i++) into[i] = (gradient[i] ?? 0) * factor;
  },
};

/** The gradient itself. */
const fixed: StepRule = { name: 'fixed', moments: 0, direction: ({ gradient }, into) => into.set(gradient) };

/** m̂ / (√v̂ + ε) (Kingma & Ba 2015). */
const adam: StepRule = {
  name: 'adam',
  moments: 2,
  direction: ({ gradient, moments: [first = none, second = none], count }, into) => {
    const [unbiased1, unbiased2] = [1 - BETA1 ** count, 1 - BETA2 ** count];
    for (let i = 0; i < into.length; i++) {
      const g = gradient[i] ?? 0;
      const m = BETA1 * (first[i] ?? 0) + (1 - BETA1) * g;
      const v = BETA2 * (second[i] ?? 0) + (1 - BETA2) * g * g;
      first[i] = m;
      second[i] = v;
      into[i] = m / unbiased1 / (Math.sqrt(v / unbiased2) + EPSILON);
    }
  },
};

const none = new Float32Array();

const RULES = { 'mean-gradient': meanGradient, fixed, adam } as const;

export const stepRule = (name: (typeof STEP_RULES)[number]): StepRule => RULES[name];

/** m ← μ·m + g, the direction being m: with a step of η this is m ← μ·m + η·g of gradient ascent with momentum. */
export const momentum = (factor: number): StepRule => ({
  name: 'momentum',
  moments: 1,
  direction: ({ gradient, moments: [kept = none] }, into) => {
    for (let i = 0; i < into.length; i++) kept[i] = factor * (kept[i] ?? 0) + (gradient[i] ?? 0);
    into.set(kept);
  },
});
