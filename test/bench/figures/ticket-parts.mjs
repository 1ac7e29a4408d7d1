/**
 * What a copy of a ticket's event changes: where it happened, when, and what it names.
 * @import { EventToAppend } from '../../../src/platform/event-store/event-store.js'
 * @typedef {{ establishment: string, timeZone: string }} Place
 * @typedef {{
 *   at?: Place,
 *   to?: Place,
 *   from?: Place,
 *   opened?: { at: Place, occurredAt: string },
 *   into?: string,
 * }} TicketData
 * @typedef {{ occurredAt: string, claimedAt: string }} TicketMetadata
 */

/**
 * The data and metadata of an event that is a ticket's, as all of the sample's are.
 * @param {EventToAppend} event
 */
export const ticketParts = ({ data, metadata }) => ({
  data: /** @type {TicketData & EventToAppend['data']} */ (data),
  metadata: /** @type {TicketMetadata & EventToAppend['metadata']} */ (metadata),
});
