import { z } from 'zod';

/** What kind of value an option takes, as far as its text form is concerned. */
export type ValueShape =
  | { readonly kind: 'boolean' | 'string' | 'none' | 'json' }
  | NumberShape
  | { readonly kind: 'enum'; readonly values: readonly (string | number | boolean)[] }
  | { readonly kind: 'list'; readonly item: ValueShape; readonly min: number; readonly max: number }
  | { readonly kind: 'tuple'; readonly items: readonly ValueShape[] }
  | { readonly kind: 'map'; readonly value: ValueShape }
  | { readonly kind: 'choice'; readonly options: readonly ValueShape[] };

export interface NumberShape {
  readonly kind: 'number';
  readonly integer: boolean;
  readonly min?: number;
  readonly max?: number;
  /** Whether `min` or `max` itself is not allowed. */
  readonly open: { readonly min: boolean; readonly max: boolean };
  readonly multipleOf?: number;
}

type JsonSchema = z.core.JSONSchema.JSONSchema;

const resolve = (schema: JsonSchema, root: JsonSchema): JsonSchema => {
  const name = schema.$ref?.replace(/^#\/\$defs\//, '');
  const target = name === undefined ? undefined : root.$defs?.[name];
  return typeof target === 'object' ? target : schema;
};

const numberShape = (schema: JsonSchema): NumberShape => {
  const min = schema.minimum ?? (typeof schema.exclusiveMinimum === 'number' ? schema.exclusiveMinimum : undefined);
  const max = schema.maximum ?? (typeof schema.exclusiveMaximum === 'number' ? schema.exclusiveMaximum : undefined);
  return {
    kind: 'number',
    integer: schema.type === 'integer',
    ...(min !== undefined && min > Number.MIN_SAFE_INTEGER ? { min } : {}),
    ...(max !== undefined && max < Number.MAX_SAFE_INTEGER ? { max } : {}),
    open: { min: schema.minimum === undefined && min !== undefined, max: schema.maximum === undefined && max !== undefined },
    ...(schema.multipleOf === undefined ? {} : { multipleOf: schema.multipleOf }),
  };
};

const arrayShape = (schema: JsonSchema, root: JsonSchema): ValueShape => {
  if (Array.isArray(schema.prefixItems)) return { kind: 'tuple', items: schema.prefixItems.map((item) => shapeOf(item, root)) };
  const item = shapeOf(typeof schema.items === 'object' && !Array.isArray(schema.items) ? schema.items : {}, root);
  const min = schema.minItems ?? 0;
  const max = schema.maxItems ?? Number.POSITIVE_INFINITY;
  if (min === max && min > 1) return { kind: 'tuple', items: Array.from({ length: min }, () => item) };
  return { kind: 'list', item, min, max };
};

/** The primitive values that a JSON schema lists, when lists are all it is. */
const listedValues = (schema: JsonSchema): readonly (string | number | boolean)[] | undefined => {
  const values = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  return values?.filter((value) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean');
};

const choiceShape = (options: readonly ValueShape[]): ValueShape => {
  const flat = options.flatMap((option) => (option.kind === 'choice' ? option.options : [option]));
  const values = flat.flatMap((option) => (option.kind === 'enum' ? option.values : []));
  const others = flat.filter((option) => option.kind !== 'enum');
  const merged: readonly ValueShape[] = values.length > 0 ? [{ kind: 'enum', values }, ...others] : others;
  const [only] = merged;
  return merged.length === 1 && only !== undefined ? only : { kind: 'choice', options: merged };
};

const shapeOf = (given: JsonSchema | boolean, root: JsonSchema): ValueShape => {
  if (typeof given === 'boolean') return { kind: 'json' };
  const schema = resolve(given, root);
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined) return choiceShape(alternatives.map((option) => shapeOf(option, root)));
  const types: unknown = schema.type;
  if (Array.isArray(types)) return choiceShape(types.map((type: JsonSchema['type']) => shapeOf({ ...schema, type } as JsonSchema, root)));
  const values = listedValues(schema);
  if (values !== undefined) return { kind: 'enum', values };
  switch (schema.type) {
    case 'boolean':
    case 'string':
      return { kind: schema.type };
    case 'number':
    case 'integer':
      return numberShape(schema);
    case 'null':
      return { kind: 'none' };
    case 'array':
      return arrayShape(schema, root);
    case 'object':
      return typeof schema.additionalProperties === 'object' && schema.properties === undefined
        ? { kind: 'map', value: shapeOf(schema.additionalProperties, root) }
        : { kind: 'json' };
    default:
      return { kind: 'json' };
  }
};

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output'): JsonSchema => z.toJSONSchema(schema, { io, unrepresentable: 'any' });

/** The shape of what a schema takes; where its input could be anything (a preprocessing step), of what it gives. */
export const valueShape = (schema: z.ZodType): ValueShape => {
  const input = jsonSchema(schema, 'input');
  const shape = shapeOf(input, input);
  if (shape.kind !== 'json' || input.type === 'object') return shape;
  const output = jsonSchema(schema, 'output');
  return shapeOf(output, output);
};

/** The default that help shows, if the schema has one. */
export const defaultOf = (schema: z.ZodType): unknown => jsonSchema(schema, 'input').default ?? jsonSchema(schema, 'output').default;
