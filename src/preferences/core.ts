/** What preferences are without a server: for the migrations. Nothing of it loads NestJS. */
export { Preferences1796700000089 } from './preferences.migration.js';
