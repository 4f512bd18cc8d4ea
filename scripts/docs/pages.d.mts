export const documentedPages: readonly URL[];
export function updateQuotes(page: string): string;
