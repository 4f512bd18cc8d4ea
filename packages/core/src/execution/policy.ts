/**
 * How a signal passes layers on its way down (the family of Mahendran & Vedaldi, ECCV 2016, as data).
 *
 * At an activation function with input f and signal R from above:
 * `R' = (rectifySignal ? max(R, 0) : R) · (forwardMask ? f'(x) : 1)`, where f' is [x > 0] for a ReLU and the true
 * derivative for a leaky ReLU, clip, tanh and sigmoid.
 */
export interface BackwardPolicy {
  readonly name: string;
  readonly relu: {
    /** Multiplies by the derivative of the forward pass. */
    readonly forwardMask: boolean;
    /** Lets only positive signal through. */
    readonly rectifySignal: boolean;
  };
  /**
   * Where a max-pool puts its signal: at the maximum of each window (`switches`), at offset ⌊(k − 1) / 2⌋ of each
   * window (`center`; dropped where that falls on padding), or in full at every position of the window (`all`). Signals that meet add up.
   */
  readonly maxPool: 'switches' | 'center' | 'all';
  /** Whether local response normalisation is differentiated or passed unchanged. */
  readonly lrn: 'gradient' | 'bypass';
}

/** The true gradient (Simonyan et al. 2013 for saliency). */
export const GRADIENT: BackwardPolicy = {
  name: 'gradient',
  relu: { forwardMask: true, rectifySignal: false },
  maxPool: 'switches',
  lrn: 'gradient',
};

/** Zeiler & Fergus, ECCV 2014. */
export const DECONVNET: BackwardPolicy = {
  name: 'deconvnet',
  relu: { forwardMask: false, rectifySignal: true },
  maxPool: 'switches',
  lrn: 'bypass',
};

/** Springenberg et al. 2014. */
export const GUIDED: BackwardPolicy = {
  name: 'guided-backprop',
  relu: { forwardMask: true, rectifySignal: true },
  maxPool: 'switches',
  lrn: 'bypass',
};
