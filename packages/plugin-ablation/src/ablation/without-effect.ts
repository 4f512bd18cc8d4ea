import type { SplitPictures } from '../pictures/index.js';
import type { BuiltVariant } from './network.js';
import { type AblationOptions, ablationOptions } from './options.js';

/** What was given and changes nothing, and what the numbers cannot show, in words. */
export function* withoutEffect(
  options: AblationOptions,
  variants: readonly BuiltVariant[],
  { training }: Pick<SplitPictures, 'training'>,
): Generator<string> {
  const defaults = ablationOptions.parse({});
  for (const option of ['width', 'dropout'] as const) {
    const deaf = variants.filter(({ notTaken }) => notTaken.includes(option));
    if (deaf.length > 0 && options[option] !== defaults[option])
      yield `no effect of --${option} on ${deaf.map(({ name }) => name).join(', ')}: the architecture has no such option.`;
  }
  if (options.architecture !== defaults.architecture && !variants.some(({ architecture }) => architecture === options.architecture))
    yield `no effect of --architecture ${options.architecture}: each of --variants names another.`;
  if (options.warmup >= options.epochs && options.schedule !== 'constant')
    yield `no effect of --schedule: the learning rate grows through all ${options.epochs} epochs (--warmup ${options.warmup}).`;
  if (training.classes.length <= 5) yield `the top-5 error says nothing about ${training.classes.length} classes: it is always 0.`;
}
