/** How the authors trained Sketch-a-Net (their published code; Yu et al., BMVC 2015): to be spread into a training config. */
export const AUTHORS_RECIPE = {
  epochs: 500,
  batchSize: 135,
  learningRate: 0.001,
  schedule: { kind: 'constant' },
  optimizer: { kind: 'sgd', momentum: 0.9, weightDecay: 5e-4, biasRate: 2 },
  initialization: { kernel: 'normal', deviation: 0.01, bias: 0.01 },
} as const;
