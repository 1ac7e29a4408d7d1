/** What the rest of the product may use of preferences; nothing else of it is imported from outside. */
export { teamOf } from './audience.js';
export { refuseHealthNumbers } from './health-numbers.js';
export { type Kept, keptCursorSchema } from './kept.js';
export { ownTeamsOf } from './own-teams-statements.js';
export { Preferences } from './preferences.js';
export { PreferencesModule } from './preferences.module.js';
