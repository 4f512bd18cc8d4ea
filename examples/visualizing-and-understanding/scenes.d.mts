export const kinds: readonly string[];
export function scene(kind: string, number: number): string;
