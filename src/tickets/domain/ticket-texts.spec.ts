import { describe, expect, it } from '@jest/globals';
import { confidentialTexts, ticketTexts } from './ticket-texts.js';

describe('the texts of tickets', () => {
  it('are confidential where people write about people', () => {
    expect(ticketTexts.data).toEqual({
      TicketOpened: ['title', 'description', 'location', 'requester.name', 'requester.contact'],
      TicketAssigned: [],
      TicketWatched: [],
      TicketUnwatched: [],
      RequesterChanged: ['requester.name', 'requester.contact'],
      NoteAdded: ['body'],
      TicketLinked: [],
      TicketRecategorized: [],
      TicketReprioritized: [],
      WorkStarted: [],
      TicketPutOnHold: ['note'],
      TicketResolved: ['resolution.note'],
      TicketClosed: [],
      TicketReopened: ['reason'],
      TicketCancelled: ['reason'],
      TicketMerged: [],
      TicketTransferred: [],
      TicketTextsErased: [],
      LegalHoldPlaced: [],
      LegalHoldReleased: [],
      AttachmentAdded: ['name'],
    });
  });

  it('are told together to those who can do without', () => {
    const texts = ['body', 'description', 'location', 'name', 'note', 'reason', 'resolution.note', 'title'];
    const ofRequesters = ['requester.name', 'requester.contact'];
    expect([...confidentialTexts].sort()).toEqual([...texts, ...ofRequesters].sort());
  });
});
