import { describe, expect, it } from '@jest/globals';
import { serviceState } from './service-state.js';

const lags = (...all: (number | null)[]) =>
  Object.fromEntries(all.map((lagEvents, index) => [`projection-${index}`, { lagEvents }]));

describe('the state of the service', () => {
  it('is fine when every projection has folded the whole log', () =>
    expect(serviceState({ status: 'ok', projections: lags(0, 0) })).toBe('fine'));
  it('is behind as soon as one projection is', () =>
    expect(serviceState({ status: 'ok', projections: lags(0, 3) })).toBe('behind'));
  it('is behind when nobody knows how far a projection is', () =>
    expect(serviceState({ status: 'ok', projections: lags(null) })).toBe('behind'));
  it('is down when the server says so, whatever its projections say', () =>
    expect(serviceState({ status: 'error', projections: lags(0) })).toBe('down'));
});
