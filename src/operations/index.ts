/** What the rest of the product may use of operations; nothing else of it is imported from outside. */
export { OperationsModule } from './operations.module.js';
