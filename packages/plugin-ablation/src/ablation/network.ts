import { describeLayers, type Network, parameterCount, type RunContext, type Shape } from '@featurescope/core';
import { z } from 'zod';
import type { AblationOptions } from './options.js';
import type { Variant } from './variants.js';

/** A variant with its network, without weights. */
export interface BuiltVariant extends Variant {
  readonly network: Network;
  readonly parameters: number;
  /** Shared options that its architecture does not take. */
  readonly notTaken: readonly string[];
}

/** Side up to which networks made for larger pictures are built in their small form. */
const SMALL = 64;

/**
 * The network of a variant for pictures of a number of classes. Shared options that the architecture does not have are left out.
 * @throws FeaturescopeError when there is no such architecture, or an option of the variant is wrong
 */
export function buildVariant(
  { architecture }: Pick<RunContext, 'architecture'>,
  variant: Variant,
  { size, width, dropout }: Pick<AblationOptions, 'size' | 'width' | 'dropout'>,
  classes: number,
): BuiltVariant {
  const shared = { classes, channels: 3, inputSize: size, small: size <= SMALL, width, ...(dropout !== undefined && { dropout }) };
  const create = (common: object): Network => architecture(variant.architecture, { ...common, ...variant.options });
  const built = (network: Network, notTaken: readonly string[]): BuiltVariant => {
    const [height, columns, channels] = network.input.shape;
    const input: Shape = [height ?? size, columns ?? size, channels];
    return { ...variant, network, parameters: parameterCount(describeLayers(network, input)), notTaken };
  };
  try {
    return built(create(shared), []);
  } catch (error) {
    const unknown = unknownOptions(error).filter((option) => option in shared && !(option in variant.options));
    if (unknown.length === 0) throw error;
    return built(create(Object.fromEntries(Object.entries(shared).filter(([option]) => !unknown.includes(option)))), unknown);
  }
}

/** Options that the schema of an architecture does not have. */
function unknownOptions(error: unknown): readonly string[] {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof z.ZodError ? cause.issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : [])) : [];
}
