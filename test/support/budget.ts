const budget = Number(process.env.TEST_BUDGET ?? 1);
if (!(budget > 0)) throw new Error(`TEST_BUDGET: expected a number above 0, not ${process.env.TEST_BUDGET}`);

/**
 * Scales how much a test does of what could go on for ever: runs of a property, rounds, kills, milliseconds of load. In `npm test`,
 * which has minutes, it returns the number given; in `npm run test:long`, which has a night, ten times as much (TEST_BUDGET).
 */
export const budgeted = (normal: number): number => Math.ceil(normal * budget);
