import { Incidents } from './incidents.js';
import { MeToo } from './me-too.js';

export const incidentProviders = [Incidents, MeToo];
