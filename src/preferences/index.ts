/** What the rest of the product may use of preferences; nothing else of it is imported from outside. */
export { teamOf } from './audience.js';
export { type Kept, keptCursorSchema } from './kept.js';
export { ownTeamsOf } from './own-teams-statements.js';
export { Preferences } from './preferences.js';
export { PreferencesModule } from './preferences.module.js';
