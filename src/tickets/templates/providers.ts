import { ApplyTemplate } from './apply-template.js';
import { Filling } from './filling.js';
import { TemplateApplications } from './template-applications.js';
import { TemplateUseController } from './template-use.controller.js';
import { TemplatesController } from './templates.controller.js';
import { Templates } from './templates.js';

export const templateProviders = [Templates, TemplateApplications, Filling, ApplyTemplate];
export const templateControllers = [TemplatesController, TemplateUseController];
