import { posix } from 'node:path';
import type { ArtifactKind, ArtifactSubject, StoredArtifact } from '@featurescope/core';
import { fileNamePart, uniqueName } from '../file-name.js';

type Subject = ArtifactSubject & { readonly kind: ArtifactKind };

const keyOf = ({ kind, name, input, layer, unit }: Subject, extension: string): string =>
  JSON.stringify([kind, name, input, layer, unit, extension]);

const stemOf = ({ name, input, layer, unit }: Subject): string =>
  [name, ...(input === undefined ? [] : [input]), ...(layer === undefined ? [] : [layer]), ...(unit === undefined ? [] : [`u${unit}`])]
    .map(fileNamePart)
    .join('.');

/** File names of the artifacts of one folder. The same subject in the same format always gets the same name, two subjects never do. */
export class ArtifactNames {
  readonly #paths = new Map<string, string>();
  readonly #taken = new Map<string, Set<string>>();

  /** Takes over the names that an earlier run has given. */
  adopt(artifact: StoredArtifact): void {
    const { ext, name } = posix.parse(artifact.path);
    this.#paths.set(keyOf(artifact, ext), artifact.path);
    this.#takenWith(ext).add(name.toLowerCase());
  }

  path(folder: string, artifact: Subject, extension: string): string {
    const key = keyOf(artifact, extension);
    const known = this.#paths.get(key);
    if (known !== undefined) return known;
    const path = `${folder}/${uniqueName(stemOf(artifact), this.#takenWith(extension))}${extension}`;
    this.#paths.set(key, path);
    return path;
  }

  #takenWith(extension: string): Set<string> {
    const taken = this.#taken.get(extension) ?? new Set<string>();
    this.#taken.set(extension, taken);
    return taken;
  }
}
