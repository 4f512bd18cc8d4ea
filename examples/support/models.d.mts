export function absence(name: string): string | undefined;
