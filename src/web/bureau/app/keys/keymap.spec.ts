import { describe, expect, it } from '@jest/globals';
import { actionOf, bindings, type Press } from './keymap.js';

const press = (key: string, where: Partial<Press> = {}): Press => ({
  ...{ key, isModified: false, isInField: false, isOnControl: false },
  ...where,
});

describe('the keys', () => {
  it('have one action each', () => {
    const keys = bindings.flatMap((binding) => binding.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('move, open and search', () => {
    expect(actionOf(press('j'), true)).toEqual({ do: 'move', by: 1 });
    expect(actionOf(press('Enter'), true)).toEqual({ do: 'open' });
    expect(actionOf(press('/'), true)).toEqual({ do: 'search' });
  });

  it('are letters where something is written, which Escape leaves', () => {
    expect(actionOf(press('j', { isInField: true }), true)).toBeUndefined();
    expect(actionOf(press('Escape', { isInField: true }), true)).toEqual({ do: 'back' });
  });

  it('are the browser’s with Ctrl, Alt or Meta', () => {
    expect(actionOf(press('r', { isModified: true }), true)).toBeUndefined();
  });

  it('leave Enter to the button that has the focus', () => {
    expect(actionOf(press('Enter', { isOnControl: true }), true)).toBeUndefined();
    expect(actionOf(press('j', { isOnControl: true }), true)).toEqual({ do: 'move', by: 1 });
  });

  it('of a single character can be switched off, and the others stay', () => {
    expect(actionOf(press('j'), false)).toBeUndefined();
    expect(actionOf(press('ArrowDown'), false)).toEqual({ do: 'move', by: 1 });
  });
});
