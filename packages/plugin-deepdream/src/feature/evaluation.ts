import type { BackwardPolicy, Model, Objective } from '@featurescope/core';
import type { Canvas } from '../loop/canvas.js';
import { type Evaluation, evaluate, type View } from '../loop/evaluation.js';

/**
 * The signal passes neurons that are off, as long as it raises them: how lucid (`redirected_relu_grad`) gets a start where a
 * rectified unit is off everywhere.
 */
const REDIRECTED: BackwardPolicy = {
  name: 'redirected-relu',
  relu: { forwardMask: false, rectifySignal: true },
  maxPool: 'switches',
  lrn: 'gradient',
};

export interface GoalRequest {
  readonly model: Model;
  /** Its first term is what the pictures are made for, the second one, if any, how much they differ. */
  readonly objective: Objective;
  readonly view: View;
  /** Whether pictures without any gradient get one by the policy above. */
  readonly redirect: boolean;
  readonly signal: AbortSignal;
}

/** One pass for a whole batch: the gradient of the objective, and its value divided by the number of pictures. */
export async function evaluateGoals(canvas: Canvas, { redirect, ...request }: GoalRequest): Promise<Evaluation> {
  const pictures = canvas.shape[0];
  const { value, series, gradient } = await evaluate(canvas, { ...request, ...(redirect && { redirection: { policy: REDIRECTED } }) });
  const [activation, diversity] = series.values();
  const named = new Map<string, number>();
  if (activation !== undefined && diversity !== undefined) named.set('activation', activation / pictures).set('diversity', diversity);
  return { value: value / pictures, series: named, gradient };
}
