import type { z } from 'zod';

/** Why options do nothing, such as `with --octaves 1`; anything but text: they do something. */
export type IdleReasons<O> = { readonly [K in keyof O]?: string | false | undefined };

/** Options that do nothing although they were given, which is to say differ from what they are when left out, in words. */
export const idleOptions = <O extends object>({ shape }: z.ZodObject, options: O, reasons: IdleReasons<O>): string[] =>
  Object.entries(reasons).flatMap(([name, reason]) => {
    const isGiven = options[name as keyof O] !== shape[name]?.parse(undefined);
    return typeof reason === 'string' && isGiven ? [`${flagOf(name)} has no effect ${reason}`] : [];
  });

/** `--octave-scale` of `octaveScale`. */
export const flagOf = (option: string): string => `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
