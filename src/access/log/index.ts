/** What the rest of the product may use of the access log; `access` passes it on. */
export type { ShownTicket } from './access.js';
export { AccessAlerts } from './access-alerts.js';
export { AccessLog } from './access-log.js';
export { AccessRecorder, type GoingOn, showTickets } from './access-recorder.js';
export { BroadcastDisclosures, type Disclosure } from './broadcast-disclosures.js';
export { accessCursorSchema, accessesShape, accessFilterOf, rangeInOrder } from './reading/accesses.query.js';
export { type AccessView, accessView } from './reading/accesses.view.js';
export { ReadAccesses } from './reading/read-accesses.js';
export { LogsAccess, ShowsNoTicket } from './access-rule.js';
export { shownTickets } from './shown-tickets.js';
export { writeAccesses } from './storage/write-accesses.js';
