import { type Architecture, describeLayers, inputShape, type Network, parameterCount } from '@featurescope/core';
import { listModels, locateModel, readModel } from '@featurescope/models';
import type { ExitCode, Invocation } from '../command.js';
import { tooManyArguments } from '../errors.js';
import { downloadLines } from '../report/download.js';
import { allArchitectures } from './architecture-flags.js';
import { type InspectReport, inspectTable } from './inspect-report.js';

type Input = Omit<InspectReport['input'], 'name'>;

const reportOf = (model: string, network: Network, input: Input): InspectReport => {
  const layers = describeLayers(network, [...input.size, input.channels]);
  return { model, input: { name: network.input.name, ...input }, layers, parameters: parameterCount(layers) };
};

const inspectArchitecture = ({ name, create }: Architecture, options: Readonly<Record<string, unknown>>): InspectReport => {
  const network = create(options);
  const [height, width, channels] = inputShape(network);
  return reportOf(name, network, { size: [height, width], channels, fixedSize: network.input.shape[0] !== null });
};

const inspectModel = async (source: string | undefined, { io, common }: Invocation): Promise<InspectReport> => {
  const onProgress = downloadLines(io.stderr, common.quiet === true);
  const located = await locateModel(source, { env: { ...io.env }, cwd: io.cwd, download: { onProgress } });
  const { network, input } = await readModel(located);
  return reportOf(located.name, network, input);
};

/** The architecture that is meant: one named with options of its own, or whose name no trained model has. */
const wantedArchitecture = async (name: string | undefined, { io, common, options }: Invocation): Promise<Architecture | undefined> => {
  const found = (await allArchitectures(common.plugin ?? [], io)).find((architecture) => architecture.name === name);
  if (found === undefined || Object.keys(options).length > 0) return found;
  const models = await listModels({ env: { ...io.env } });
  return models.some((model) => model.name === name) ? undefined : found;
};

/** Prints the layers of a model or an architecture; nothing is run. */
export const inspectAction = async (invocation: Invocation): Promise<ExitCode> => {
  const { io, positionals, common, options } = invocation;
  const [argument] = positionals;
  if (argument !== undefined && common.model !== undefined)
    throw tooManyArguments('featurescope inspect', [argument, common.model], 'one model');
  const name = argument ?? common.model;
  const architecture = await wantedArchitecture(name, invocation);
  const report = architecture === undefined ? await inspectModel(name, invocation) : inspectArchitecture(architecture, options);
  io.stdout.write(common.json === true ? `${JSON.stringify(report, null, 2)}\n` : inspectTable(report));
  return 0;
};
