/** What the rest of the product may use of operations; nothing else of it is imported from outside. */
export { type EventLoopDelay, EventLoopWatch } from './event-loop-watch.js';
export { OperationsModule } from './operations.module.js';
export { deadLetterId } from './projections.view.js';
export { ProjectionOperations } from './projection-operations.js';
