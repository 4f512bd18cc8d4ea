const NAME = process.env['FEATURESCOPE_EXAMPLE_MODEL'] ?? 'photonet';

/** The network of a table that FEATURESCOPE_EXAMPLE_MODEL names, or the bundled one. */
export function chosenNetwork<Network>(networks: Readonly<Record<string, Network>>): Network {
  const found = networks[NAME];
  if (!found) throw new Error(`FEATURESCOPE_EXAMPLE_MODEL is ${NAME}; the table in networks.ts has ${Object.keys(networks).join(', ')}`);
  return found;
}

/** The part of a config that is the same in all figures of an example: the network and the folder of a figure's results. */
export const figuresOf =
  (example: string, { model }: { readonly model?: string }) =>
  (name: string) => ({ ...(model === undefined ? {} : { model }), out: `out/${example}/${NAME}/${name}` });
