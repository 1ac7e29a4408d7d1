/** What the rest of the product may use of reports; nothing else of it is imported from outside. */
export { ReportsModule } from './reports.module.js';
