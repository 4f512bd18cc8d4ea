export function dataset(): Promise<string>;
export function photos(...kinds: string[]): Promise<string[]>;
export function photosOfAll(): Promise<string[]>;
export function sketch(): Promise<string>;
