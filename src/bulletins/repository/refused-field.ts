import type { BulletinRefusalCode } from '../../shared/problems/problem-code.js';

/** The JSON pointer of the refused value in the body; undefined for refusals that are about no single value. */
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
    case 'bulletin-published':
    case 'bulletin-withdrawn':
    case 'day-in-progress':
    case 'figures-do-not-add-up':
      return undefined;
  }
};
