export function picturesOf(folder: string, names: readonly (string | RegExp)[], input?: string): string[];
export function metricLines(folder: string): string[];
export function tablesOf(folder: string, ...names: string[]): string[];
export function tableLines(folder: string, names: readonly string[]): string[];
export function tensorOf(folder: string, run: number, name: string): Float32Array;
