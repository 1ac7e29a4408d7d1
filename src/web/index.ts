/** What the rest of the product may use of web; nothing else of it is imported from outside. */
export type { Simulation } from './demonstration/simulation.js';
export { unknownAddressProviders } from './page/problems/unknown-address.filter.js';
export { WebModule } from './web.module.js';
