export function numbersOf(folder: string): readonly string[];
