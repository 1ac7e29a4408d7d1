import { instant, type Instant } from '../../shared/instant.js';
import type { Place, Resolution } from '../domain/ticket.events.js';
import type { TicketCommand } from '../domain/ticket.js';

export const thisTicket = '00000000-0000-4000-8000-000000000001';
export const otherTicket = '00000000-0000-4000-8000-000000000002';
export const thirdTicket = '00000000-0000-4000-8000-000000000003';

export const nim: Place = { establishment: 'NIM', timeZone: 'America/Toronto' };
export const mcq: Place = { establishment: 'MCQ', timeZone: 'America/Toronto' };
export const coteNord: Place = { establishment: 'CNORD', timeZone: 'America/Toronto' };
export const blancSablon: Place = { ...coteNord, site: 'BLANC-SABLON', timeZone: 'America/Blanc-Sablon' };

export const fixedIt: Resolution = { code: 'fixed', note: 'Accès rétabli.' };

export const photo = {
  attachmentId: '00000000-0000-4000-8000-00000000000a',
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  size: 4_096,
  contentType: 'image/jpeg',
  name: 'écran bleu.jpg',
};

/** A time of the day all tests take place on: `time('09:30')`, `time('09:30:00.001')`. */
export const time = (ofDay: string): Instant => instant(`2026-05-15T${ofDay}Z`);

/** What the server's clock says in every test that does not say otherwise: after all that usually happens. */
export const noon = time('12:00');

/** When each command of a usual ticket is given, and so when its event happens, in an order any ticket may live. */
export const usually = {
  open: time('08:00'),
  assign: time('08:05'),
  requester: time('08:07'),
  watch: time('08:08'),
  unwatch: time('08:09'),
  note: time('08:10'),
  link: time('08:15'),
  recategorize: time('08:20'),
  reprioritize: time('08:25'),
  start: time('08:30'),
  hold: time('09:00'),
  transfer: time('09:30'),
  resolve: time('10:00'),
  cancel: time('10:00'),
  merge: time('10:00'),
  close: time('10:30'),
  reopen: time('11:00'),
  'place-hold': time('11:10'),
  'release-hold': time('11:15'),
  erase: time('11:20'),
  attach: time('08:12'),
} satisfies Record<TicketCommand['type'], Instant>;
