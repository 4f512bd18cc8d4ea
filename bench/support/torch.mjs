// Runs a Python script beside the benchmark: one line in, one step, its milliseconds out.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** Starts the script; undefined when there is no Python with torch. `arguments_` follow the number of threads. */
export async function startTorch(script, ...arguments_) {
  const path = fileURLToPath(new URL(`../${script}`, import.meta.url));
  const child = spawn('python3', [path, String(availableParallelism()), ...arguments_], { stdio: ['pipe', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const gone = new Promise((resolve) => child.once('error', () => resolve({ done: true })));
  const next = async () => (await Promise.race([lines.next(), gone])).value;
  child.stdin.on('error', () => undefined);
  if ((await next()) !== 'ready') return undefined;
  return {
    step: async () => {
      child.stdin.write('step\n');
      const line = await next();
      if (line === undefined) throw new Error(`${script} ended early`);
      return Number(line);
    },
    stop: () => child.stdin.end(),
  };
}

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

/** Milliseconds between two turns, so that no thread of the one still spins while the other runs. */
const SETTLE = 30;

/** Takes turns between two things that give their milliseconds, and gives both medians and the median of the ratios of neighbours. */
export async function inTurns(first, second, rounds, warmUp = 1) {
  const times = { first: [], second: [] };
  for (let round = 0; round < rounds + warmUp; round += 1) {
    await pause(SETTLE);
    const one = await first();
    await pause(SETTLE);
    const other = await second();
    if (round < warmUp) continue;
    times.first.push(one);
    times.second.push(other);
  }
  const ratio = median(times.first.map((one, round) => one / times.second[round]));
  return { first: median(times.first), second: median(times.second), ratio };
}

/** Takes turns with PyTorch and prints medians and the median of the ratios of neighbours. */
export async function alternate(label, ours, torch, rounds, warmUp = 3) {
  const times = { ours: [], torch: [] };
  for (let round = 0; round < rounds + warmUp; round += 1) {
    await pause(SETTLE);
    const start = performance.now();
    await ours();
    const own = performance.now() - start;
    await pause(SETTLE);
    const theirs = torch ? await torch.step() : undefined;
    if (round < warmUp) continue;
    times.ours.push(own);
    if (theirs !== undefined) times.torch.push(theirs);
  }
  const result = { label, ours: median(times.ours) };
  if (torch) {
    result.torch = median(times.torch);
    result.ratio = median(times.ours.map((own, round) => own / times.torch[round]));
  }
  const comparison = torch
    ? `, PyTorch ${result.torch.toFixed(1)} ms, ratio ${result.ratio.toFixed(2)}`
    : ' (no Python with torch here: not compared)';
  console.log(`${label}: ${result.ours.toFixed(1)} ms${comparison}`);
  return result;
}
