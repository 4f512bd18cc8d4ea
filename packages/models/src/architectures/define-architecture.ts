import type { Architecture, Network } from '@featurescope/core';
import type { z } from 'zod';
import { invalidArchitectureOptions } from './errors.js';

/** Calls like a function; `architecture` is the same for a plugin or a list. */
export interface ArchitectureFunction<S extends z.ZodObject> {
  /** The network without weights. @throws FeaturescopeError when an option is unknown or out of range */
  (options?: z.input<S>): Network;
  readonly architecture: Architecture;
  readonly options: S;
}

/** Makes an architecture from a strict schema of its options and the table that depends on them. */
export const defineArchitecture = <S extends z.ZodObject>(definition: {
  readonly name: string;
  readonly summary: string;
  readonly options: S;
  readonly network: (options: z.output<S>) => Network;
}): ArchitectureFunction<S> => {
  const { name, summary, options: schema, network } = definition;
  const create = (options: unknown = {}): Network => {
    const parsed = schema.safeParse(options);
    if (!parsed.success) throw invalidArchitectureOptions(name, schema, parsed.error);
    return network(parsed.data);
  };
  return Object.assign((options?: z.input<S>) => create(options), {
    architecture: { name, summary, options: schema, create },
    options: schema,
  });
};
