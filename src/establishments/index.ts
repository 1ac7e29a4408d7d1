/** What the rest of the product may use of establishments; nothing else of it is imported from outside. */
export { type Basis, basisQuery } from './basis.js';
export { BegunDays } from './begun-days.js';
export { EstablishmentsModule } from './establishments.module.js';
export { requestedEstablishment, unknownPlace } from './unknown-place.js';
export { type Establishment, Establishments } from './establishments.js';
export { normalizeName } from './normalize-name.js';
export { loadEstablishments } from './load-establishments.js';
