import { describe, it } from '@jest/globals';
import { attach } from '../testing/commands.js';
import { attached, closed, merged, opened, resolved, textsErased } from '../testing/events.js';
import { photo, time } from '../testing/fixed.js';
import { given, nothing } from '../testing/given.js';
import { maxAttachments } from './ticket.js';

const numbered = (count: number) =>
  Array.from({ length: count }, (_, at) =>
    attached({ attachmentId: `00000000-0000-4000-8000-00000000001${at}`, sha256: String(at).repeat(64) }),
  );

describe('attaching a file', () => {
  it.each([
    ['open', [opened()]],
    ['closed', [opened(), resolved(), closed()]],
  ] as const)('records what its bytes are and what it is called, also where the ticket is %s', (_, history) =>
    given(...history)
      .when(attach())
      .then(attached()),
  );
  it('keeps the time that is claimed, like a note', () =>
    given(opened(), resolved())
      .when(attach({ claimedAt: time('08:01') }))
      .then(attached({ occurredAt: time('08:01') })));
  it('is silent where the ticket has the same bytes, whatever they are called', () =>
    given(opened(), attached())
      .when(attach({ attachmentId: '00000000-0000-4000-8000-00000000000b', name: 'autre nom.jpg' }))
      .then(nothing));
  it('leaves the ticket with its id and its hash, and no name', () => {
    const { attachmentId, sha256 } = photo;
    given(opened(), attached()).becomes({ attachments: [{ attachmentId, sha256 }] });
  });
  it('keeps them when the texts are erased: what is counted stays', () => {
    const { attachmentId, sha256 } = photo;
    given(opened(), attached(), textsErased()).becomes({ attachments: [{ attachmentId, sha256 }] });
  });
  it('is refused beyond ten, but not where the ticket has the same bytes', () => {
    given(opened(), ...numbered(maxAttachments - 1))
      .when(attach())
      .then(attached());
    given(opened(), ...numbered(maxAttachments))
      .when(attach())
      .refused('too-many-attachments');
    given(opened(), ...numbered(maxAttachments))
      .when(attach({ sha256: '3'.repeat(64) }))
      .then(nothing);
  });
  it('is refused where nothing was opened, once merged, and once the texts are erased', () => {
    given().when(attach()).refused('ticket-not-found');
    given(opened(), merged()).when(attach()).refused('ticket-merged');
    given(opened(), textsErased()).when(attach()).refused('texts-erased');
  });
  it('is refused ahead of the server’s clock', () =>
    given(opened())
      .when(attach({ claimedAt: time('13:00') }))
      .refused('occurred-in-the-future'));
});
