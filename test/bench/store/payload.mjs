import { randomUUID } from 'node:crypto';

const at = '2026-05-15T12:12:33.120Z';

/** @import { Append, EventToAppend } from '../../../src/platform/event-store/event-store.js' */

/**
 * An event like a ticket's first, about 620 bytes of JSON with its metadata. Its ids are random, like those that are made from commands.
 * @returns {EventToAppend}
 */
const eventToAppend = () => {
  const commandId = randomUUID();
  return {
    id: randomUUID(),
    type: 'TicketOpened',
    data: {
      establishment: 'NIM',
      site: 'CARREMEAU',
      title: 'Ordonnance introuvable après le changement de poste',
      description: 'L’ordonnance saisie à 8 h 10 n’apparaît plus sur le poste 3 de l’accueil.',
      category: 'ordonnances',
      priority: 'P2',
      requester: 'accueil-nim',
    },
    metadata: {
      schemaVersion: 1,
      occurredAt: at,
      commandId,
      fingerprint: '5b1f0c9b7e0f4d6aa0d2c6f1c2f4e8f79a1b3c5d7e9f1a3b',
      actor: 'mobile-nim-03',
      claimedAt: at,
      deviceId: 'tablet-0317',
      correlationId: commandId,
      causationId: commandId,
    },
  };
};

const freshStream = () => `ticket-${randomUUID()}`;

/**
 * One append of `events` events to a stream that doesn't exist yet.
 * @param {number} events
 * @returns {Append}
 */
export const freshAppend = (events = 1) => ({
  stream: freshStream(),
  expectedRevision: 0,
  events: Array.from({ length: events }, eventToAppend),
});
