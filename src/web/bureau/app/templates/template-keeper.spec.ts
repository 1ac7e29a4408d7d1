import { describe, expect, it } from '@jest/globals';
import type { Template } from '../api/answers.js';
import { Store, type State } from '../state.js';
import { answerOf, heldApi } from '../testing/held-api.js';
import type { BulkSender } from '../tickets/bulk-sender.js';
import { newTemplate, withCommand, withCommandEarlier, withoutCommand } from './template-draft.js';
import { TemplateKeeper } from './template-keeper.js';
import { noTemplating } from './templating.js';

const template = {
  ...{ id: 't', revision: 1, name: 'Rappel', team: null, establishment: null, shared: 'me' },
  ...{ text: 'Bonjour', commands: [], author: 'agent', mine: true },
} as unknown as Template;
const preview = answerOf({ commands: [], text: 'Bonjour Marie Roy' });

/** A keeper whose requests are answered when the test says so. */
const keeperWithAnswers = () => {
  const { api, asked } = heldApi();
  const store = new Store(
    {
      ...{ templating: noTemplating, drafts: {}, panel: undefined, form: undefined, troubles: [] },
      ...{ announcement: { text: '', number: 0 } },
      desk: { person: 'agent', language: 'fr' },
    } as unknown as State,
    () => undefined,
  );
  const begun: (readonly string[])[] = [];
  const bulks = { begin: (_work: unknown, ticketIds: readonly string[]) => void begun.push(ticketIds) };
  const keeper = new TemplateKeeper(store, api, bulks as unknown as BulkSender, () => undefined);
  const openNote = (ticketId: string): readonly string[] => {
    const ticketIds = [ticketId];
    store.set({ form: { type: 'note', ticketIds }, panel: undefined });
    return ticketIds;
  };
  /** The preview is asked for last. */
  const answer = async (reply = preview): Promise<void> => asked.at(-1)!.answer(reply);
  return { keeper, store, asked, begun, openNote, answer };
};

describe('a template that was chosen for the form of a ticket', () => {
  it('gives its words to that form', async () => {
    const { keeper, store, openNote, answer } = keeperWithAnswers();
    keeper.choose('fill', openNote('a'));
    void keeper.use(template);
    await answer();
    expect(store.state).toMatchObject({
      ...{ drafts: { 'note a': { body: 'Bonjour Marie Roy' } }, panel: undefined },
    });
  });

  it('gives no words of one ticket to the form of another', async () => {
    const { keeper, store, openNote, answer } = keeperWithAnswers();
    keeper.choose('fill', openNote('a'));
    void keeper.use(template);
    openNote('b');
    store.set({ panel: 'choose-template' });
    await answer();
    expect(store.state).toMatchObject({ drafts: {}, panel: 'choose-template' });
  });

  it('gives no words once its dialog was left, or opened again', async () => {
    const { keeper, store, asked, openNote } = keeperWithAnswers();
    const targets = openNote('a');
    keeper.choose('fill', targets);
    void keeper.use(template);
    const first = asked.at(-1)!;
    store.set({ panel: undefined });
    keeper.choose('fill', targets);
    await first.answer(preview);
    expect(store.state).toMatchObject({ drafts: {}, panel: 'choose-template' });
  });
});

describe('a template that was chosen for a ticket', () => {
  it('is applied to it', async () => {
    const { keeper, begun, answer } = keeperWithAnswers();
    keeper.choose('apply', ['a']);
    void keeper.use(template);
    await answer();
    expect(begun).toEqual([['a']]);
  });

  it('is not applied once its dialog was left', async () => {
    const { keeper, store, begun, answer } = keeperWithAnswers();
    keeper.choose('apply', ['a']);
    void keeper.use(template);
    store.set({ panel: undefined });
    await answer();
    expect(begun).toEqual([]);
  });

  it('closes no other dialog where it can’t be read', async () => {
    const { keeper, store, answer } = keeperWithAnswers();
    keeper.choose('apply', ['a']);
    void keeper.use(template);
    store.set({ panel: 'help' });
    const problem = { type: 'https://problems/not-found', title: 'Non', detail: 'Absent.' };
    await answer({ kind: 'problem', status: 404, problem });
    expect(store.state).toMatchObject({ panel: 'help', troubles: [] });
  });
});

describe('a template that was refused', () => {
  const written = withCommand(withCommand({ ...newTemplate(), name: 'x' }, 'note'), 'hold');
  const [first = '', second = ''] = written.commands.map(({ key }) => key);
  const errors = [
    { pointer: '/name', message: 'Trop court.' },
    { pointer: '/commands/1/note', message: 'Non permis.' },
  ];
  const problem = { type: 'https://problems/invalid', title: 'Non', detail: 'Fautes.', errors };
  const refused = async () => {
    const made = keeperWithAnswers();
    made.keeper.edit(written);
    void made.keeper.save();
    await made.answer({ kind: 'problem', status: 400, problem });
    return made;
  };

  it('has each reason at its field, also while it is written on', async () => {
    const { keeper, store } = await refused();
    keeper.edit({ ...written, text: 'Bonjour' });
    expect(store.state.templating).toMatchObject({
      ...{ faults: { name: 'Trop court.', 'commands/1/note': 'Non permis.' }, isSaving: false },
    });
  });

  it.each([
    ['added', withCommand(written, 'start')],
    ['removed', withoutCommand(written, first)],
    ['moved', withCommandEarlier(written, second)],
  ])('has no reason at the wrong action once one was %s', async (_change, draft) => {
    const { keeper, store } = await refused();
    keeper.edit(draft);
    expect(store.state.templating.faults).toEqual({ name: 'Trop court.' });
  });

  it('is no longer being saved once it is saved', async () => {
    const { keeper, store, answer } = await refused();
    void keeper.save();
    expect(store.state.templating.isSaving).toBe(true);
    await answer(answerOf({}));
    expect(store.state.templating).toMatchObject({ draft: undefined, faults: {}, isSaving: false });
  });
});
