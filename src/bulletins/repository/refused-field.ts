import type { BulletinRefusalCode } from '../../shared/problems/problem-code.js';

/** Where in the body the refused value stands, for the refusals that are about one. */
export const refusedField = (
  code: BulletinRefusalCode,
  about: Readonly<Record<string, unknown>>,
): string | undefined => {
  switch (code) {
    case 'ticket-day-after-bulletin':
    case 'ticket-day-published':
      return '/ticketDay';
    case 'releve-after-bulletin':
      return `/releves/${String(about.index)}/day`;
    case 'bulletin-not-found':
    case 'already-published':
    case 'not-published':
    case 'day-in-progress':
    case 'figures-do-not-add-up':
      return undefined;
  }
};
