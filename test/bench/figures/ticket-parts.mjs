/**
 * The parts of a ticket's event that a copy changes: the places, the times, and the tickets that it names.
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
 * The data and metadata of a ticket's event, which every event of the sample is.
 * @param {EventToAppend} event
 */
export const ticketParts = ({ data, metadata }) => ({
  data: /** @type {TicketData & EventToAppend['data']} */ (data),
  metadata: /** @type {TicketMetadata & EventToAppend['metadata']} */ (metadata),
});
