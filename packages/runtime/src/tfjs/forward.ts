import type { Activations, LayerName } from '@featurescope/core';
import { ruleOf } from './rules/index.js';
import type { Run } from './run.js';

/** Runs the layers in order. Without `keep`, an activation is released as soon as nothing needs it any more. */
export async function runForward(run: Run, keep: 'all' | readonly LayerName[]): Promise<void> {
  const consumers = new Map<LayerName, number>();
  for (const { inputs } of run.layers) for (const input of inputs) consumers.set(input, (consumers.get(input) ?? 0) + 1);
  for (const layer of run.layers) {
    await run.checkpoint();
    const site = run.site(layer);
    const output = run.scope.compute(() => ruleOf(layer).forward(site));
    const activation = await run.hooks.apply('forward', layer.name, output, run.scope);
    run.outputs.set(layer.name, output);
    run.activations.set(layer.name, activation);
    if (keep === 'all') continue;
    for (const input of layer.inputs) {
      const left = (consumers.get(input) ?? 0) - 1;
      consumers.set(input, left);
      if (left === 0 && !keep.includes(input)) release(run, input);
    }
  }
}

function release(run: Run, layer: LayerName): void {
  for (const kept of [run.activations, run.outputs]) {
    const tensor = kept.get(layer);
    if (tensor) run.scope.release(tensor);
    kept.delete(layer);
  }
}

/** Copies that outlive the run. */
export const results = (run: Run, wanted: readonly LayerName[]): Activations =>
  new Map([...new Set(wanted)].map((layer) => [layer, run.activation(layer).clone()]));
