import fc from 'fast-check';

/**
 * Property tests try the same values each time, so that a red run is red again;
 * `PROPERTY_SEED=random npm run test:unit` goes on looking, or gives a number to repeat.
 */
const asked = process.env.PROPERTY_SEED;
if (asked !== 'random') fc.configureGlobal({ seed: Number(asked ?? 20_261_120) });
