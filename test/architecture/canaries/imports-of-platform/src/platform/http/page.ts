import { readFileSync } from 'node:fs';
import { Controller } from '@nestjs/common';
import { nothing } from '../../config/settings.js';
import { nothing as instant } from '../../shared/instant.js';
import { nothing as roles } from '../../access/roles.js'; // reported
import { nothing as zones } from '../../establishments/zones.js'; // reported
import type { nothing as ticket } from '../../tickets/ticket.events.js'; // reported
import { nothing as desk } from '../../desk/desk.js'; // reported
import { nothing as figures } from '../../billets-quotidiens/figures.js'; // reported
import { nothing as draft } from '../../bulletins/draft.js'; // reported

export type Ticket = typeof ticket;
export const all = [readFileSync, Controller, nothing, instant, roles, zones, desk, figures, draft];
