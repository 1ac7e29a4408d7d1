const budget = Number(process.env.TEST_BUDGET ?? 1);
if (!(budget > 0)) throw new Error(`TEST_BUDGET: expected a number above 0, not ${process.env.TEST_BUDGET}`);

/**
 * How much a test does of what could go on for ever: runs of a property, rounds, kills, milliseconds of a storm. It is the number
 * given in `npm test`, which has minutes; ten times that in `npm run test:long`, which has a night.
 */
export const budgeted = (normal: number): number => Math.ceil(normal * budget);
