/** A network as it was named: `lenet=out/lenet.safetensors`, or by name or file alone. */
export interface NamedSource {
  readonly name?: string;
  readonly source: string;
}

/** What stands before the first = is a name, unless it has a slash: then it is part of a path. */
export function namedSource(text: string): NamedSource {
  const [, name, source] = /^([^=/\\]+)=(.+)$/.exec(text) ?? [];
  return name !== undefined && source !== undefined ? { name: name.trim(), source: source.trim() } : { source: text };
}
