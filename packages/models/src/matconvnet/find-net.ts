import { invalidNetworkFile, noNetwork } from './errors.js';
import { Fields } from './fields.js';
import { describeValue, type MatFile, type MatStruct } from './value.js';

/** The structure that describes the network: the variables of the file themselves, `net`, or another one that has layers. @throws FeaturescopeError */
export const findNet = (file: MatFile, source: string): Fields => {
  if (file.names.includes('layers')) return new Fields(source, 'the network', asStruct(file));
  const names = [...file.names].sort((a, b) => Number(b === 'net') - Number(a === 'net'));
  for (const name of names) {
    const value = file.variable(name);
    if (value?.kind === 'struct' && value.fields.includes('layers')) return new Fields(source, `the network "${name}"`, value);
    if (name === 'net' && value?.kind === 'unreadable')
      throw invalidNetworkFile(source, `its variable "net" is ${describeValue(value)}; save \`net.saveobj()\` of a DagNN instead`);
  }
  throw noNetwork(source, file.names);
};

const asStruct = (file: MatFile): MatStruct => ({
  kind: 'struct',
  path: 'net',
  dims: [1, 1],
  fields: file.names,
  field: (name) => file.variable(name),
});
