import type { BackwardPolicy, Citation } from '@featurescope/core';
import type { z } from 'zod';
import { describeUnit } from '../attribution/attribution.js';
import { attributionVisualizer } from '../attribution/attribution-visualizer.js';
import { fieldsOf } from '../top-activations/field.js';
import { fieldArtifact, smallField, type UnitCell, unitCell, unitSheet } from './field.js';
import { findUnits } from './find-units.js';
import { type ProjectionOptions, projectionOptions } from './options.js';
import { projectUnits } from './project.js';

interface Method<S extends z.ZodObject> {
  readonly name: string;
  readonly summary: string;
  readonly citation: Citation;
  readonly options: S;
  readonly policy: (options: z.output<S>) => BackwardPolicy;
}

/** A visualizer that carries units' signals back to every input under the policy that its options say. */
export const policyVisualizer = <S extends z.ZodObject>({ name, summary, citation, options, policy }: Method<S>) =>
  attributionVisualizer({
    name,
    summary,
    citation,
    options,
    prepare(context, given) {
      const chosen = given as unknown as ProjectionOptions;
      const targets = findUnits(context.model, chosen, name);
      const { signal, wholeMap, batchSize } = chosen;
      const request = { targets, policy: policy(given), signal, wholeMap, batchSize, abort: context.signal };
      const several = targets.length > 1;
      return async function* ({ model, picture, input, shown }) {
        const fieldAt = fieldsOf(model, targets[0]?.layer.name ?? '');
        const cells: UnitCell[] = [];
        let done = 0;
        for await (const projection of projectUnits(model, picture, request)) {
          const { layer, unit, value } = projection;
          yield { type: 'metric', series: 'target', step: done, value, input: input.name };
          const label = `${describeUnit(model, picture, layer, unit)}${signal === 'activation' ? ', its activation as the signal' : ''}`;
          yield { type: 'attribution', attribution: { ...projection, label } };
          if (projection.values.every((part) => part === 0)) yield { type: 'warning', message: stopped(label, input.name) };
          const field = smallField(projection, fieldAt);
          const cell = field || several ? unitCell(projection, field, model.input) : undefined;
          if (cell && field)
            yield { type: 'artifact', artifact: fieldArtifact(cell, field, { picture: await shown(), input: input.name, label }) };
          if (cell) cells.push(cell);
          yield { type: 'progress', done: ++done, total: targets.length };
        }
        if (several) yield { type: 'artifact', artifact: unitSheet(cells, input.name) };
      };
    },
  });

/** A visualizer that carries units' signals back to every input under one policy. */
export const projectionVisualizer = ({
  policy,
  ...method
}: Omit<Method<z.ZodObject>, 'policy' | 'options'> & { readonly policy: BackwardPolicy }) =>
  policyVisualizer({ ...method, options: projectionOptions, policy: () => policy });

const stopped = (label: string, input: string): string =>
  `Nothing of the signal of ${label} reaches the picture "${input}": what was left of it was stopped on the way. A unit of a lower layer (--layer, --unit) may show more.`;
