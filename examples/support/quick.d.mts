/** The flag of figures.mjs. */
export const QUICK: string;
/** Whether everything is done in minutes, and badly. */
export const isQuick: boolean;
