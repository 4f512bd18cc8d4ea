import type { NodeProto } from '@featurescope/onnx';
import { describeNode, graphCycle, invalidOnnxFile } from './errors.js';

/** The nodes in an order in which each follows what feeds it; their own order when that is one. @throws FeaturescopeError when there is a cycle */
export const inExecutionOrder = (nodes: readonly NodeProto[], source: string): readonly NodeProto[] => {
  const producer = new Map<string, number>();
  nodes.forEach((node, i) => {
    for (const output of node.output) {
      if (output === '') continue;
      if (producer.has(output)) throw invalidOnnxFile(source, `the value "${output}" is computed by two nodes`);
      producer.set(output, i);
    }
  });
  const feeders = nodes.map((node) => [...new Set(node.input.flatMap((name) => producer.get(name) ?? []))]);
  if (feeders.every((indices, i) => indices.every((index) => index < i))) return nodes;

  const waiting = feeders.map((indices) => indices.length);
  const fed: number[][] = nodes.map(() => []);
  feeders.forEach((indices, i) => {
    for (const index of indices) fed[index]?.push(i);
  });
  const ready = waiting.flatMap((count, i) => (count === 0 ? [i] : []));
  for (let at = 0; at < ready.length; at++) {
    for (const i of fed[ready[at] ?? 0] ?? []) {
      const left = (waiting[i] ?? 0) - 1;
      waiting[i] = left;
      if (left === 0) ready.push(i);
    }
  }
  const stuck = waiting.findIndex((count) => count > 0);
  if (stuck >= 0)
    throw graphCycle(source, describeNode(nodes[stuck]?.name || nodes[stuck]?.output[0] || `number ${stuck}`, nodes[stuck]?.opType ?? ''));
  return ready.flatMap((i) => nodes[i] ?? []);
};

/** A name for the layer of each node: its own, or that of its first output; a number is added when it is taken. */
export const layerNames = (nodes: readonly NodeProto[], taken: Iterable<string>): readonly string[] => {
  const used = new Set(taken);
  const numbers = new Map<string, number>();
  return nodes.map((node, i) => {
    const own = node.name || node.output[0] || `${node.opType || 'node'}-${i + 1}`;
    let name = own;
    if (used.has(name) && node.output[0] && !used.has(node.output[0])) name = node.output[0];
    while (used.has(name)) {
      const number = (numbers.get(own) ?? 1) + 1;
      numbers.set(own, number);
      name = `${own}#${number}`;
    }
    used.add(name);
    return name;
  });
};
