import { describe, expect, it } from '@jest/globals';
import { instant, isAfter } from '../../../shared/instant.js';
import type { Language } from '../../../shared/text/text.js';
import * as given from '../../testing/events.js';
import { blancSablon, coteNord, otherTicket } from '../../testing/fixed.js';
import type { TicketEvent } from '../../domain/ticket.events.js';
import { evolve, unopened, type Ticket } from '../../domain/ticket.js';
import type { Names } from './sentences.js';
import { mergedHereIn, sentenceIn } from './sentence.js';

const names: Names = {
  place: ({ establishment, site }) => (site === undefined ? establishment : `${establishment} (${site})`),
  title: (ticketId) => (ticketId === otherTicket ? 'Panne générale' : undefined),
};

/** An event by alice, recorded `lateMs` milliseconds after it happened. */
const recorded = (event: TicketEvent, lateMs = 0) => {
  const commandId = '00000000-0000-4000-8000-00000000000c';
  const metadata = {
    ...{ schemaVersion: 1, commandId, fingerprint: '', actor: 'alice', occurredAt: event.occurredAt },
    ...{ claimedAt: event.occurredAt, correlationId: commandId, causationId: commandId },
  };
  return { event, metadata, revision: 1, position: 1n, recordedAt: isAfter(event.occurredAt, lateMs) };
};

/** The sentence of the last of these events, with plain spaces. */
const said = (language: Language, events: readonly TicketEvent[], lateMs = 0): string => {
  const before = events.slice(0, -1).reduce(evolve, unopened);
  return sentenceIn(language, { recorded: recorded(events.at(-1)!, lateMs), before, names }).replaceAll(
    '\u00A0',
    ' ',
  );
};

const opened = given.opened();

const cases: [TicketEvent[], string, string][] = [
  [
    [opened],
    'alice a ouvert le billet «Accès refusé au dossier» à l’établissement NIM (priorité haute, accès, équipe mobile-nim-03).',
    'alice opened ticket «Accès refusé au dossier» at NIM (high priority, access, team mobile-nim-03).',
  ],
  [
    [given.opened({ at: blancSablon, team: undefined, priority: 'P1', category: 'bloc-operatoire' })],
    'alice a ouvert le billet «Accès refusé au dossier» à l’établissement CNORD (BLANC-SABLON) (priorité critique, bloc opératoire).',
    'alice opened ticket «Accès refusé au dossier» at CNORD (BLANC-SABLON) (critical priority, operating room).',
  ],
  [
    [opened, given.textsErased()],
    'alice a effacé les textes du billet, motif: «Demande de la personne.» (Loi 25, art. 28).',
    'alice erased the texts of the ticket, reason: «Demande de la personne.» (Loi 25, art. 28).',
  ],
  [
    [opened, given.attached()],
    'alice a joint le fichier «écran bleu.jpg».',
    'alice attached the file «écran bleu.jpg».',
  ],
  [
    [opened, given.holdPlaced()],
    'alice a fait conserver les textes du billet: «Dossier 2026-114.».',
    'alice put the texts of the ticket on legal hold: «Dossier 2026-114.».',
  ],
  [
    [opened, given.holdPlaced(), given.holdReleased({ release: { reason: 'Jugement rendu' } })],
    'alice a levé la conservation des textes du billet: «Jugement rendu».',
    'alice released the legal hold on the texts of the ticket: «Jugement rendu».',
  ],
  [
    [opened, given.assigned()],
    'alice a confié le billet à l’équipe centre-de-services et à alice.',
    'alice gave the ticket to team centre-de-services and alice.',
  ],
  [
    [opened, given.assigned({ team: null, assignee: 'bob' })],
    'alice a confié le billet à bob et a retiré le billet à l’équipe mobile-nim-03.',
    'alice gave the ticket to bob and took the ticket from team mobile-nim-03.',
  ],
  [
    [
      opened,
      given.assigned({ team: undefined, assignee: 'bob' }),
      given.assigned({ team: null, assignee: null }),
    ],
    'alice a retiré le billet à l’équipe mobile-nim-03 et à bob.',
    'alice took the ticket from team mobile-nim-03 and bob.',
  ],
  [
    [opened, given.noted({ body: 'Vu.\n\nRien   à faire.' })],
    'alice a écrit une note: «Vu. Rien à faire.».',
    'alice wrote a note: «Vu. Rien à faire.».',
  ],
  [
    [opened, given.noted({ internal: true, body: 'x'.repeat(281) })],
    `alice a écrit une note interne: «${'x'.repeat(280)}…».`,
    `alice wrote an internal note: «${'x'.repeat(280)}…».`,
  ],
  [
    [opened, given.linked()],
    'alice a lié ce billet avec le billet «Panne générale».',
    'alice linked this ticket to ticket «Panne générale».',
  ],
  [
    [opened, given.linked({ relation: 'parent' })],
    'alice a rattaché ce billet à son parent, le billet «Panne générale».',
    'alice put this ticket under its parent, ticket «Panne générale».',
  ],
  [
    [opened, given.linked({ relation: 'duplicate', to: '1234abcd-0000-4000-8000-000000000009' })],
    'alice a noté que ce billet fait double emploi avec le billet 1234abcd.',
    'alice noted that this ticket is a duplicate of ticket 1234abcd.',
  ],
  [
    [opened, given.recategorized()],
    'alice a changé la catégorie de «accès» à «matériel».',
    'alice changed the category from «access» to «equipment».',
  ],
  [
    [opened, given.reprioritized()],
    'alice a changé la priorité de «haute» à «critique».',
    'alice changed the priority from «high» to «critical».',
  ],
  [
    [opened, given.started()],
    'alice a commencé le travail, 30 min après l’ouverture.',
    'alice started the work, 30 min after the opening.',
  ],
  [
    [opened, given.held(), given.started({ occurredAt: isAfter(given.held().occurredAt, 5_400_000) })],
    'alice a repris le travail, 1 h 30 min après la mise en attente.',
    'alice went on with the work, 1 h 30 min after it was put on hold.',
  ],
  [
    [opened, given.held()],
    'alice a mis le billet en attente du fournisseur: «Appel ouvert chez le fournisseur.».',
    'alice put the ticket on hold, waiting for the vendor: «Appel ouvert chez le fournisseur.».',
  ],
  [
    [opened, given.held({ reason: 'user', note: undefined })],
    'alice a mis le billet en attente de l’utilisateur.',
    'alice put the ticket on hold, waiting for the user.',
  ],
  [
    [opened, given.resolved()],
    'alice a résolu le billet, 2 h après son ouverture (réparé): «Accès rétabli.».',
    'alice resolved the ticket, 2 h after its opening (fixed): «Accès rétabli.».',
  ],
  [
    [opened, given.resolved(), given.closed()],
    'alice a fermé le billet, 30 min après sa résolution.',
    'alice closed the ticket, 30 min after its resolution.',
  ],
  [
    [opened, given.resolved(), given.closed(), given.reopened({ from: 'closed' })],
    'alice a rouvert le billet, 1 h après sa résolution: «Le problème est revenu.».',
    'alice reopened the ticket, 1 h after its resolution: «Le problème est revenu.».',
  ],
  [
    [opened, given.cancelled(), given.reopened({ from: 'cancelled' })],
    'alice a rouvert le billet, 1 h après son annulation: «Le problème est revenu.».',
    'alice reopened the ticket, 1 h after its cancellation: «Le problème est revenu.».',
  ],
  [
    [
      opened,
      given.resolved(),
      given.reopened(),
      given.started({ occurredAt: isAfter(given.reopened().occurredAt, 1) }),
    ],
    'alice a commencé le travail, moins d’une minute après la réouverture.',
    'alice started the work, less than a minute after the reopening.',
  ],
  [
    [opened, given.cancelled()],
    'alice a annulé le billet: «Demandé par erreur.».',
    'alice cancelled the ticket: «Demandé par erreur.».',
  ],
  [
    [opened, given.merged()],
    'alice a fusionné ce billet dans le billet «Panne générale».',
    'alice merged this ticket into ticket «Panne générale».',
  ],
  [
    [opened, given.transferred({ from: coteNord, to: blancSablon })],
    'alice a transféré le billet de l’établissement CNORD à l’établissement CNORD (BLANC-SABLON).',
    'alice transferred the ticket from CNORD to CNORD (BLANC-SABLON).',
  ],
];

describe('the sentence of an event', () => {
  it.each(cases)('is written in French and in English: case %#', (events, french, english) => {
    expect(said('fr', events)).toBe(french);
    expect(said('en', events)).toBe(english);
  });

  it('says how much later it was sent, where that is more than five minutes', () => {
    expect(said('fr', [opened, given.cancelled({ reason: 'x' })], 300_000)).toBe(
      'alice a annulé le billet: «x».',
    );
    expect(said('fr', [opened, given.cancelled({ reason: 'x' })], 3_960_000)).toBe(
      'alice a annulé le billet: «x» (transmis 1 h 6 min plus tard).',
    );
    expect(said('en', [opened, given.cancelled({ reason: 'x' })], 3_960_000)).toBe(
      'alice cancelled the ticket: «x» (sent 1 h 6 min later).',
    );
  });

  it('names a merged ticket in the history of the ticket it was merged into', () => {
    const merged = recorded(given.merged());
    const titled = { title: 'Doublon', erasure: undefined };
    expect(mergedHereIn('fr', merged, titled)).toBe('alice a fusionné le billet «Doublon» dans celui-ci.');
    expect(mergedHereIn('en', merged, titled)).toBe('alice merged ticket «Doublon» into this one.');
  });

  it('says in the place of a text that was erased when that was, and why', () => {
    const erasure = {
      ...{ at: instant('2026-05-17T12:30:00Z'), reason: 'Demande de la personne.' },
      timeZone: 'America/Toronto',
    };
    const [emptied, note] = [given.opened({ title: '', description: '' }), given.noted({ body: '' })];
    const sentence = (language: Language, event: TicketEvent, before: Ticket) =>
      sentenceIn(language, { recorded: recorded(event), before, names: { ...names, erasure } });
    const before = evolve(unopened, emptied);
    expect(sentence('fr', note, before)).toBe(
      'alice a écrit une note: «texte effacé le 17 mai 2026 à 08h30, motif: Demande de la personne.».',
    );
    expect(sentence('en', note, before)).toBe(
      'alice wrote a note: «text erased on May 17, 2026, 08:30, reason: Demande de la personne.».',
    );
    expect(sentence('fr', emptied, unopened)).toContain('a ouvert le billet «texte effacé le 17 mai 2026');
    expect(mergedHereIn('fr', recorded(given.merged()), { title: '', erasure })).toBe(
      'alice a fusionné le billet «texte effacé le 17 mai 2026 à 08h30, motif: Demande de la personne.» dans celui-ci.',
    );
  });

  it('never cuts a quoted text within a character', () => {
    const body = '🙂'.repeat(300);
    expect(said('fr', [opened, given.noted({ body })])).toBe(
      `alice a écrit une note: «${'🙂'.repeat(280)}…».`,
    );
  });
});
