import { diagnoseRuntime, type PathReport, type RuntimeReport } from '@featurescope/runtime';
import type { ExitCode, Invocation } from '../command.js';
import { table } from '../report/table.js';

const row = ({ name, found, version = '', device = '', reason }: PathReport): string[] => [name, found, version, device, reason];

const COLUMNS = ['runtime', 'found', 'version', 'runs on', 'why'].map((title) => ({ title }));

const needs = (paths: readonly PathReport[]): string =>
  paths
    .filter(({ found }) => found === 'no')
    .map((path) => `${path.name} needs ${path.needs}.\n`)
    .join('');

/** The report for people. */
export const doctorText = ({ choice, tensors, executor, paths, host }: RuntimeReport): string => {
  const missing = needs(paths);
  const chosen = `--runtime ${choice}: network passes on the ${executor} executor, tensor maths on ${tensors}.\n`;
  const machine = `Node ${host.node} on ${host.platform}, ${host.processor}, ${host.threads} of ${host.cores} processors.\n`;
  return [chosen + machine, table(COLUMNS, paths.map(row)), ...(missing === '' ? [] : [missing])].join('\n');
};

/** Prints which runtimes were found, which was chosen, and why. */
export const doctorAction = async ({ io, common }: Invocation): Promise<ExitCode> => {
  const { report } = await diagnoseRuntime(common.runtime ?? 'auto');
  io.stdout.write(common.json === true ? `${JSON.stringify(report, null, 2)}\n` : doctorText(report));
  return 0;
};
