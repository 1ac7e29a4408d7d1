import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { placeholders } from '../../shared/template-placeholders.js';
import { filled, filledCommand, namesIn } from './placeholders.js';

describe('a text with placeholders', () => {
  it('is filled, whatever spaces stand in the braces', () => {
    const values = { reference: 'K7M3-QX9P', me: 'alice' };
    expect(filled('{{reference}}, vu par {{ me }}', values)).toBe('K7M3-QX9P, vu par alice');
  });

  it('is filled once: what is filled in is no placeholder, and no pattern', () => {
    expect(filled('{{title}}', { title: '{{me}} $& $1', me: 'alice' })).toBe('{{me}} $& $1');
  });

  it('keeps what has no value, and braces that are none', () => {
    const text = '{{me}} {{autre}} {{ {} }} {{ {{';
    expect(filled(text, {})).toBe(text);
    expect(namesIn(text)).toEqual(['me', 'autre']);
  });

  it('has nothing left to be filled', () => {
    const values = Object.fromEntries(placeholders.map((name) => [name, 'x']));
    const pieces = fc.oneof(
      fc.constantFrom(...placeholders.map((name) => `{{${name}}}`)),
      fc.constantFrom('{', '}', '{{', '}}', ' '),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(pieces), (parts) => {
        const names = namesIn(filled(parts.join(''), values));
        expect(names.filter((name) => (placeholders as readonly string[]).includes(name))).toEqual([]);
      }),
    );
  });
});

describe('a command of a template', () => {
  it('is filled in the texts that people read, and nowhere else', () => {
    const values = { title: 'Écran noir', me: 'alice' };
    const resolve = { type: 'resolve', resolution: { code: 'fixed', note: '{{title}}' } };
    expect(filledCommand(resolve, values)).toEqual({
      type: 'resolve',
      resolution: { code: 'fixed', note: 'Écran noir' },
    });
    const assign = { type: 'assign', team: '{{me}}', assignee: '{{me}}' };
    expect(filledCommand(assign, values)).toEqual({ type: 'assign', team: '{{me}}', assignee: 'alice' });
  });
});
