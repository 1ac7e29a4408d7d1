import { describe, expect, it } from '@jest/globals';
import type { Template } from '../api/answers.js';
import {
  bodyOf,
  canFill,
  commandsShown,
  draftOf,
  faultsOf,
  filledValues,
  newTemplate,
  templateCommandTypes,
  templatesMatching,
  withCommand,
  withCommandEarlier,
  withoutCommand,
} from './template-draft.js';

const template = (changes: Partial<Template> = {}): Template => ({
  id: '0190c7a0-0000-7000-8000-0000000000aa',
  name: 'Relancé',
  team: null,
  establishment: null,
  commands: [],
  text: 'Bonjour',
  shared: 'team',
  mine: true,
  author: 'alice',
  revision: 3,
  updatedAt: '2026-05-18T08:00:00Z',
  ...changes,
});
const to = '0190c7a0-0000-7000-8000-000000000002';
const commands = [
  { type: 'note', body: '{{text}}', internal: true },
  { type: 'assign', assignee: '{{me}}' },
  { type: 'assign', team: null },
  { type: 'start' },
  { type: 'hold', reason: 'vendor', note: 'Rappel' },
  { type: 'hold', reason: 'user' },
  { type: 'resolve', resolution: { code: 'fixed', note: '{{text}}' }, cascade: true },
  { type: 'close' },
  { type: 'reopen', reason: 'Encore' },
  { type: 'cancel', reason: 'Doublon' },
  { type: 'recategorize', category: 'impression' },
  { type: 'reprioritize', priority: 'P1' },
  { type: 'transfer', establishment: 'MCQ', site: 'nord' },
  { type: 'link', to, relation: 'related' },
] as Template['commands'];

describe('a template that is changed', () => {
  it('is saved as it was where nothing is written', () => {
    const kept = template({ team: 'mobile-nim-03', establishment: 'NIM', shared: 'me', commands });
    expect(bodyOf(draftOf(kept))).toEqual({
      ...{ name: 'Relancé', team: 'mobile-nim-03', establishment: 'NIM', shared: 'me', text: 'Bonjour' },
      commands,
    });
  });

  it('says nothing of what it leaves open: neither team nor place, nor an agent it does not choose', () => {
    const draft = withCommand({ ...newTemplate(), name: ' Vu ' }, 'assign');
    expect(bodyOf(draft)).toEqual({ name: 'Vu', shared: 'team', commands: [{ type: 'assign' }] });
  });

  it('begins what is written in an action with its own text, where it has one', () => {
    const noted = withCommand({ ...newTemplate(), text: 'Bonjour' }, 'note');
    expect(bodyOf(noted)).toMatchObject({ commands: [{ type: 'note', body: '{{text}}' }] });
    expect(bodyOf(withCommand(newTemplate(), 'note'))).toMatchObject({ commands: [{ body: '' }] });
  });

  it('has its actions in the order they are moved to, each with what was written in it', () => {
    const draft = draftOf(template({ commands: commands.slice(3, 6) }));
    const typesOf = ({ commands: kept }: typeof draft) =>
      kept.map(({ type, values }) => [type, values.reason]);
    const [start, hold] = draft.commands;
    expect(typesOf(withCommandEarlier(draft, hold!.key))).toEqual([
      ['hold', 'vendor'],
      ['start', undefined],
      ['hold', 'user'],
    ]);
    expect(withCommandEarlier(draft, start!.key)).toBe(draft);
    expect(typesOf(withoutCommand(draft, start!.key))).toEqual([
      ['hold', 'vendor'],
      ['hold', 'user'],
    ]);
  });

  it('can be given every action but the link, which is to one ticket', () => {
    const all = new Set(commands.map(({ type }) => type));
    expect(new Set(templateCommandTypes)).toEqual(new Set([...all].filter((type) => type !== 'link')));
  });
});

describe('what is wrong with a template', () => {
  it('stands at its field, also where a place is two fields of the API', () => {
    const errors = [
      { pointer: '/text', message: 'inconnu' },
      { pointer: '/commands/0/resolution/note', message: 'vide' },
      { pointer: '/commands/1/establishment', message: 'ailleurs' },
      { pointer: '/commands/2', message: 'personne' },
      { pointer: '/commands', message: 'trop' },
      { pointer: '/name' },
    ];
    expect(faultsOf(errors, 'refusé')).toEqual({
      ...{ text: 'inconnu', 'commands/0/note': 'vide', 'commands/1/place': 'ailleurs' },
      ...{ 'commands/2': 'personne', commands: 'trop', name: 'refusé' },
    });
  });
});

describe('a template for the form of a command', () => {
  it('gives its filled words, after what was typed, and the choice of its own action', () => {
    const resolve = { type: 'resolve', resolution: { code: 'fixed', note: 'K7M3 réparé' } };
    const preview = { text: 'Bonjour', commands: [resolve] as Template['commands'] };
    expect(filledValues(preview, 'resolve', { code: 'other', note: 'Vu.' })).toEqual({
      ...{ code: 'fixed', note: 'Vu.\n\nK7M3 réparé' },
    });
    expect(filledValues(preview, 'note', { internal: 'on' })).toEqual({ internal: 'on', body: 'Bonjour' });
  });

  it('is offered where it has words for it', () => {
    const closing = template({ text: null, commands: [{ type: 'close' }] });
    expect([canFill(closing, 'note'), canFill(template(), 'note')]).toEqual([false, true]);
    expect(canFill(template({ text: null, commands }), 'resolve')).toBe(true);
  });
});

describe('tickets after a template that waits', () => {
  it('are shown with the agent’s own name, and a text alone is a note', () => {
    const [taken] = commandsShown(
      template({ commands: [{ type: 'assign', assignee: '{{ me }}' }] }),
      'alice',
    );
    expect(taken).toEqual({ type: 'assign', assignee: 'alice' });
    expect(commandsShown(template(), 'alice')).toMatchObject([{ type: 'note', body: 'Bonjour' }]);
  });
});

describe('templates that are looked for', () => {
  it('are found by parts of words, whatever accents, those of one’s own teams first', () => {
    const all = [
      template({ id: 'a', name: 'Écran relancé', team: 'mobile-mcq-01' }),
      template({ id: 'b', name: 'Relancé' }),
      template({ id: 'c', name: 'Relancé aussi', team: 'mobile-nim-03' }),
      template({ id: 'd', name: 'Formation' }),
    ];
    const idsOf = (typed: string, teams: string[] = []) =>
      templatesMatching(all, typed, teams).map(({ id }) => id);
    expect(idsOf('RELANCE', ['mobile-nim-03'])).toEqual(['c', 'b', 'a']);
    expect(idsOf('ecran lance')).toEqual(['a']);
    expect(idsOf('bonjour')).toHaveLength(4);
  });
});
