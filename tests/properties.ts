import fc from 'fast-check';

/**
 * Every test of a property draws its cases by this. Each run draws others, and says by which seed; only CI, which asks
 * whether a change keeps what held before, draws the same ones each time.
 */
if (process.env['CI'] !== undefined) fc.configureGlobal({ seed: 20_261_127 });

export default fc;
