/** Path of a file among the photos and drawings that are not part of the project. */
export const dataAt: (...path: readonly string[]) => string;
