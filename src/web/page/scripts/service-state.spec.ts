import { describe, expect, it } from '@jest/globals';
import { serviceState } from './service-state.js';

const lags = (...all: (number | null)[]) =>
  Object.fromEntries(all.map((lagEvents, index) => [`projection-${index}`, { lagEvents }]));

describe('the state of the service', () => {
  it('is fine when every projection has folded the whole log', () =>
    expect(serviceState({ status: 'ok', projections: lags(0, 0) })).toBe('fine'));
  it('is behind when a projection is behind', () =>
    expect(serviceState({ status: 'ok', projections: lags(0, 3) })).toBe('behind'));
  it('is behind when the lag of a projection is not known', () =>
    expect(serviceState({ status: 'ok', projections: lags(null) })).toBe('behind'));
  it('is down when the server reports an error, whatever its projections', () =>
    expect(serviceState({ status: 'error', projections: lags(0) })).toBe('down'));
});
