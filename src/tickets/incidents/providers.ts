import { IncidentsController } from '../http/incidents.controller.js';
import { Incidents } from './incidents.js';
import { MeToo } from './me-too.js';

export const incidentProviders = [Incidents, MeToo];
export const incidentControllers = [IncidentsController];
