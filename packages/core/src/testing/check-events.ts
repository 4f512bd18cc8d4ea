import type { Image } from '../image/image.js';
import type { Artifact } from '../visualizer/artifact.js';
import type { VisualizerEvent } from '../visualizer/events.js';

/** What tells two artifacts of one visualizer apart. */
export const artifactKey = ({ kind, name, input, layer, unit }: Artifact): string => JSON.stringify([kind, name, input, layer, unit]);

/** Everything that is wrong with the events of one complete run. */
export function eventProblems(events: readonly VisualizerEvent[]): string[] {
  const artifacts = events.flatMap((event) => (event.type === 'artifact' ? [event.artifact] : []));
  const onceOnly = events.flatMap((event) => (event.type === 'artifact' && !event.replaces ? [event.artifact] : []));
  return [
    ...progressProblems(events),
    ...metricProblems(events),
    ...events.flatMap((event) => (event.type === 'frame' ? imageProblems('a frame', event.image) : [])),
    ...artifacts.flatMap(artifactProblems),
    ...repeated(onceOnly.map(artifactKey)).map((key) => `two artifacts with the same kind, name, input, layer and unit: ${key}`),
    ...(artifacts.length === 0 ? ['no artifact'] : []),
  ];
}

function progressProblems(events: readonly VisualizerEvent[]): string[] {
  const progress = events.flatMap((event) => (event.type === 'progress' ? [event] : []));
  const last = progress.at(-1);
  if (!last) return ['no progress'];
  return [
    ...progress.flatMap(({ done, total }) => (done >= 0 && done <= total && total > 0 ? [] : [`progress ${done} of ${total}`])),
    ...progress.flatMap(({ done, total }, i) => {
      const before = progress[i - 1];
      return before && done / total < before.done / before.total
        ? [`progress falls from ${before.done} of ${before.total} to ${done} of ${total}`]
        : [];
    }),
    ...(last.done === last.total ? [] : [`progress ends at ${last.done} of ${last.total}`]),
  ];
}

function metricProblems(events: readonly VisualizerEvent[]): string[] {
  const steps = new Map<string, number>();
  return events.flatMap((event) => {
    if (event.type !== 'metric') return [];
    const { step, value } = event;
    const series = event.input === undefined ? event.series : `${event.series} of ${event.input}`;
    const before = steps.get(series) ?? 0;
    steps.set(series, step);
    return [
      ...(Number.isFinite(value) ? [] : [`metric "${series}" is ${value} at step ${step}`]),
      ...(Number.isInteger(step) && step >= before ? [] : [`metric "${series}" goes from step ${before} to ${step}`]),
    ];
  });
}

function imageProblems(what: string, { width, height, channels, data }: Image): string[] {
  const fits = width > 0 && height > 0 && data.length === width * height * channels;
  return fits ? [] : [`${what} of ${width}×${height}×${channels} has ${data.length} bytes`];
}

function artifactProblems(artifact: Artifact): string[] {
  const what = `artifact "${artifact.name}"`;
  const named = /^[a-z0-9]+([-.][a-z0-9]+)*$/.test(artifact.name)
    ? []
    : [`${what} has a name that is not made of lower-case words and hyphens`];
  return [...named, ...contentProblems(what, artifact)];
}

function contentProblems(what: string, artifact: Artifact): string[] {
  switch (artifact.kind) {
    case 'image':
      return imageProblems(what, artifact.image);
    case 'animation':
      return artifact.frames.length > 0 ? artifact.frames.flatMap((frame) => imageProblems(what, frame)) : [`${what} has no frames`];
    case 'tensor':
      return [
        ...(artifact.shape.reduce((product, size) => product * size, 1) === artifact.data.length
          ? []
          : [`${what} has shape [${artifact.shape.join(', ')}] but ${artifact.data.length} values`]),
        ...(artifact.data.every(Number.isFinite) ? [] : [`${what} has values that are not finite`]),
      ];
    case 'table':
      return artifact.rows.flatMap((row, i) =>
        row.length === artifact.columns.length ? [] : [`${what}: row ${i} has ${row.length} cells`],
      );
    case 'plot':
    case 'json':
      return jsonProblems(what, artifact.kind === 'plot' ? artifact.plot : artifact.value);
  }
}

function jsonProblems(what: string, value: unknown): string[] {
  try {
    return JSON.stringify(value) === undefined ? [`${what} is not JSON`] : [];
  } catch {
    return [`${what} is not JSON`];
  }
}

const repeated = (keys: readonly string[]): string[] => [...new Set(keys.filter((key, i) => keys.indexOf(key) !== i))];
