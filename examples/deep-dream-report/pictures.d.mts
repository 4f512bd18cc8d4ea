export function photo(): Promise<string>;
export function guide(): Promise<string>;
export function sketch(): Promise<string>;
