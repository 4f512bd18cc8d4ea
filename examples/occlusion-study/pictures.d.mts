export function photos(scenes: readonly (readonly [kind: string, number: number])[]): Promise<string[]>;
export function dogs(): Promise<string[]>;
