/** What preferences are without a server: for the migrations. Nothing of it loads NestJS. */
export { OwnTeams1796800000098 } from './own-teams.migration.js';
export { Preferences1796700000089 } from './preferences.migration.js';
