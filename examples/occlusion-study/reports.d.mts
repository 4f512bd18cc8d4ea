export function errorsOfRefinement(folder: string): string[];
export function probabilitiesOfChanged(folder: string): string[];
