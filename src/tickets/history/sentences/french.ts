import { durationBetween, quoted, shortId, type Names, type Sentences } from './sentences.js';
import { afterDe } from '../../../shared/vocabulary.js';
import { wordsIn } from './words.js';

const { categories, priorities, holdReasons, resolutions } = wordsIn('fr');

const otherTicket = (names: Names, ticketId: string): string => {
  const title = names.title(ticketId);
  return title === undefined ? `le billet ${shortId(ticketId)}` : `le billet ${quoted(title)}`;
};

const after = (
  from: Parameters<typeof durationBetween>[1],
  to: Parameters<typeof durationBetween>[2],
  what: string,
): string => `, ${durationBetween('fr', from, to)} après ${what}`;

const reopenedFrom = { resolved: 'sa résolution', closed: 'sa résolution', cancelled: 'son annulation' };

export const french: Sentences = {
  TicketOpened: ({ title, at, priority, category, team }, { place }) =>
    `a ouvert le billet ${quoted(title)} à l’établissement ${place(at)} (priorité ${priorities[priority]}, ${categories[category]}` +
    `${team === undefined ? '' : `, équipe ${team}`})`,
  TicketAssigned: ({ team, assignee }, before) => {
    const to = [...(team ? [`à l’équipe ${team}`] : []), ...(assignee ? [`à ${assignee}`] : [])];
    const from = [
      ...(team === null && before.team !== null ? [`à l’équipe ${before.team}`] : []),
      ...(assignee === null && before.assignee !== null ? [`à ${before.assignee}`] : []),
    ];
    return [
      ...(to.length > 0 ? [`a confié le billet ${to.join(' et ')}`] : []),
      ...(from.length > 0 ? [`a retiré le billet ${from.join(' et ')}`] : []),
    ].join(' et ');
  },
  RequesterChanged: ({ requester }, before) => {
    if (requester === null) return 'a retiré du billet le nom de qui l’a demandé';
    const { name, contact } = requester;
    const reached = contact === undefined ? '' : `, à joindre à ${quoted(contact)}`;
    return before.requester === null || before.requester.name === name
      ? `a noté qui a demandé le billet: ${quoted(name)}${reached}`
      : `a changé qui a demandé le billet, de ${quoted(before.requester.name)} à ${quoted(name)}${reached}`;
  },
  TicketWatched: () => 'suit le billet',
  TicketUnwatched: () => 'ne suit plus le billet',
  NoteAdded: ({ body, internal }) => `a écrit une note${internal ? ' interne' : ''}: ${quoted(body)}`,
  TicketLinked: ({ to, relation }, _before, names) => {
    switch (relation) {
      case 'parent':
        return `a rattaché ce billet à son parent, ${otherTicket(names, to)}`;
      case 'duplicate':
        return `a noté que ce billet fait double emploi avec ${otherTicket(names, to)}`;
      case 'related':
        return `a lié ce billet avec ${otherTicket(names, to)}`;
    }
  },
  TicketRecategorized: ({ category }, before) =>
    `a changé la catégorie de ${quoted(categories[before.category])} à ${quoted(categories[category])}`,
  TicketReprioritized: ({ priority }, before) =>
    `a changé la priorité de ${quoted(priorities[before.priority])} à ${quoted(priorities[priority])}`,
  WorkStarted: ({ occurredAt }, before) =>
    before.status === 'waiting'
      ? `a repris le travail${after(before.lastTransitionAt, occurredAt, 'la mise en attente')}`
      : `a commencé le travail${after(before.lastTransitionAt, occurredAt, before.reopenedAt === null ? 'l’ouverture' : 'la réouverture')}`,
  TicketPutOnHold: ({ reason, note }) =>
    `a mis le billet en attente ${afterDe(holdReasons[reason])}${note === undefined ? '' : `: ${quoted(note)}`}`,
  TicketResolved: ({ occurredAt, opened, resolution }) =>
    `a résolu le billet${after(opened.occurredAt, occurredAt, 'son ouverture')} (${resolutions[resolution.code]}): ${quoted(resolution.note)}`,
  TicketClosed: ({ occurredAt }, before) =>
    `a fermé le billet${after(before.lastTransitionAt, occurredAt, 'sa résolution')}`,
  TicketReopened: ({ occurredAt, from, reason }, before) =>
    `a rouvert le billet${after(before.resolvedAt ?? before.lastTransitionAt, occurredAt, reopenedFrom[from])}: ${quoted(reason)}`,
  TicketCancelled: ({ reason }) => `a annulé le billet: ${quoted(reason)}`,
  TicketMerged: ({ into }, _before, names) => `a fusionné ce billet dans ${otherTicket(names, into)}`,
  TicketTransferred: ({ from, to }, _before, { place }) =>
    `a transféré le billet de l’établissement ${place(from)} à l’établissement ${place(to)}`,
  TicketTextsErased: ({ erasure: { reason, basis } }) =>
    `a effacé les textes du billet, motif: ${quoted(reason)} (${basis})`,
  LegalHoldPlaced: ({ hold }) => `a fait conserver les textes du billet: ${quoted(hold.reason)}`,
  LegalHoldReleased: ({ release: { reason } }) =>
    `a levé la conservation des textes du billet${reason === undefined ? '' : `: ${quoted(reason)}`}`,
  AttachmentAdded: ({ name }) => `a joint le fichier ${quoted(name)}`,
  textErased: (moment, reason) => `texte effacé le ${moment}, motif: ${reason}`,
  mergedHere: (title) => `a fusionné le billet ${quoted(title)} dans celui-ci`,
  sentLater: (duration) => `(transmis ${duration} plus tard)`,
};
