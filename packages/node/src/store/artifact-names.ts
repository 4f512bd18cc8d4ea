import type { ArtifactKind, ArtifactSubject, StoredArtifact } from '@featurescope/core';
import { fileNamePart, uniqueName } from '../file-name.js';
import { EXTENSIONS } from './artifact-file.js';

type Subject = ArtifactSubject & { readonly kind: ArtifactKind };

const keyOf = ({ kind, name, input, layer, unit }: Subject): string => JSON.stringify([kind, name, input, layer, unit]);

const stemOf = ({ name, input, layer, unit }: Subject): string =>
  [name, ...(input === undefined ? [] : [input]), ...(layer === undefined ? [] : [layer]), ...(unit === undefined ? [] : [`u${unit}`])]
    .map(fileNamePart)
    .join('.');

/** File names of the artifacts of one folder. The same subject always gets the same name, two subjects never do. */
export class ArtifactNames {
  readonly #paths = new Map<string, string>();
  readonly #taken = new Map<string, Set<string>>();

  /** Takes over the names that an earlier run has given. */
  adopt(artifact: StoredArtifact): void {
    this.#paths.set(keyOf(artifact), artifact.path);
    this.#takenWith(EXTENSIONS[artifact.kind]).add(
      artifact.path.slice(artifact.path.lastIndexOf('/') + 1, -EXTENSIONS[artifact.kind].length).toLowerCase(),
    );
  }

  path(folder: string, artifact: Subject): string {
    const key = keyOf(artifact);
    const known = this.#paths.get(key);
    if (known !== undefined) return known;
    const extension = EXTENSIONS[artifact.kind];
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
