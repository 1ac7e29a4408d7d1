import { Viewers } from './viewers.js';
import { ViewersController } from './viewers.controller.js';

export const viewingProviders = [Viewers];
export const viewingControllers = [ViewersController];
