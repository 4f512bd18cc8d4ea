import fc from 'fast-check';

// The same examples on every machine, so that a red run can be repeated; PROPERTY_SEED=random looks for new ones.
const seed = process.env.PROPERTY_SEED;
if (seed !== 'random') fc.configureGlobal({ seed: Number(seed ?? 20_261_122) });
