/** What the rest of the product may use of desk; nothing else of it is imported from outside. */
export { DeskModule } from './desk.module.js';
