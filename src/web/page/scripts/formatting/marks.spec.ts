import { describe, expect, it } from '@jest/globals';
import { toggledBold, toggledList, type Selected } from './marks.js';

/** A text in which «[» and «]» stand around what is selected. */
const selectedIn = (marked: string): Selected => ({
  text: marked.replace(/[[\]]/g, ''),
  start: marked.indexOf('['),
  end: marked.indexOf(']') - 1,
});
const shown = ({ text, start, end }: Selected): string =>
  `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`;
const bold = (marked: string) => shown(toggledBold(selectedIn(marked)));
const list = (marked: string) => shown(toggledList(selectedIn(marked)));

describe('the button for bold', () => {
  it('marks what is selected, and nothing of the blanks around it', () => {
    expect(bold('Plus de [6 000] accès')).toBe('Plus de [**6 000**] accès');
    expect(bold('Plus de [6 000 ]accès')).toBe('Plus de [**6 000** ]accès');
  });

  it('marks each line for itself, behind the sign of its item', () => {
    expect(bold('[- un\n\n  - deux]')).toBe('[- **un**\n\n  - **deux**]');
    expect(bold('[**un**\ndeux]')).toBe('[**un**\n**deux**]');
  });

  it('is undone by pressing it again, whether the marks are selected or stand around', () => {
    for (const marked of ['[6 000]', '[- un\n- deux]', '- [un]']) expect(bold(bold(marked))).toBe(marked);
    expect(bold('Plus de **[6 000]**')).toBe('Plus de [6 000]');
  });

  it('leaves the caret between marks where nothing is selected', () => {
    expect(bold('a []b')).toBe('a **[]**b');
    expect(bold('a **[]**b')).toBe('a []b');
  });
});

describe('the button for a list', () => {
  it('makes items of the lines that are selected, if only in part', () => {
    expect(list('un\nde[ux\ntro]is\nquatre')).toBe('un\n[- deux\n- trois]\nquatre');
    expect(list('[- un\n\ndeux]')).toBe('[- un\n\n- deux]');
  });

  it('begins an item where nothing is written yet', () => {
    expect(list('[]')).toBe('- []');
    expect(list('un\n[]')).toBe('un\n- []');
  });

  it('is undone by pressing it again', () => {
    expect(list('[- un\n  - deux]')).toBe('[un\ndeux]');
  });
});
