/** Name of the visualizer in messages and on the command line. */
export const NAME = 'feature';
