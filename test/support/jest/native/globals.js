/**
 * What suites import as `@jest/globals`. Files that several suites share import it once, while Jest makes these anew for each suite: so
 * each use looks for the present one.
 *
 * @param {string} name
 */
const present = (name) => {
  /** @returns {any} */
  const now = () => Reflect.get(globalThis, name);
  return new Proxy(() => undefined, {
    apply: (_target, _self, given) => now()(...given),
    get: (_target, key) => now()[key],
  });
};

export const afterAll = present('afterAll');
export const afterEach = present('afterEach');
export const beforeAll = present('beforeAll');
export const beforeEach = present('beforeEach');
export const describe = present('describe');
export const expect = present('expect');
export const it = present('it');
export const jest = present('jest');
export const test = present('test');
