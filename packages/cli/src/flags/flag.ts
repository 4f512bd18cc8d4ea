import { optionDescription } from '@featurescope/core';
import type { z } from 'zod';
import { placeholderOf } from './describe.js';
import { kebabCase } from './kebab.js';
import { defaultOf, type ValueShape, valueShape } from './shape.js';

/** One option of a schema, as a command-line flag. */
export interface Flag {
  /** Name of the field in the schema. */
  readonly key: string;
  /** Without the leading dashes. */
  readonly name: string;
  readonly schema: z.ZodType;
  readonly shape: ValueShape;
  readonly description: string;
  /** What stands for the value in help. */
  readonly placeholder: string;
  readonly default?: unknown;
}

/** A flag that is set by being there: `--flag`, `--no-flag`. */
export const isSwitch = (flag: Flag): boolean =>
  flag.shape.kind === 'boolean' ||
  (flag.shape.kind === 'choice' && flag.shape.options.every((option) => option.kind === 'boolean' || option.kind === 'none'));

/** A flag that stands alone or takes a value that is not only true or false: `--flag`, `--no-flag`, `--flag 0,255`. */
export const isSwitchOrValue = (flag: Flag): boolean =>
  !isSwitch(flag) && flag.shape.kind === 'choice' && flag.shape.options.some(({ kind }) => kind === 'boolean');

/** Whether `--no-flag` makes a difference. */
export const isNegatable = (flag: Flag): boolean => flag.default !== false && (isSwitch(flag) || isSwitchOrValue(flag));

/** The flags of an options schema, in its order. */
export const flagsOf = (schema: z.ZodObject): readonly Flag[] =>
  Object.entries(schema.shape).map(([key, field]) => {
    const option = field as z.ZodType;
    const fallback = defaultOf(option);
    const shape = valueShape(option);
    const { placeholder = placeholderOf(shape) } = option.meta() ?? {};
    return {
      key,
      name: kebabCase(key),
      schema: option,
      shape,
      placeholder: String(placeholder),
      description: optionDescription(option) ?? '',
      ...(fallback === undefined ? {} : { default: fallback }),
    };
  });
