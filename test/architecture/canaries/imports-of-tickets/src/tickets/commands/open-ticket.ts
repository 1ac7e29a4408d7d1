import { Injectable } from '@nestjs/common';
import { nothing } from '../ticket.js';
import { nothing as settings } from '../../config/settings.js'; // reported
import { nothing as desk } from '../../desk/open-tickets.js'; // reported
import { nothing as figures } from '../../billets-quotidiens/figures.js'; // reported
import { nothing as draft } from '../../bulletins/draft.js'; // reported
import { nothing as command } from '../../cli/import.js'; // reported
import { nothing as demo } from '../../demo/demo.js'; // reported
import { nothing as server } from '../../server.js'; // reported
import { nothing as root } from '../../app.module.js'; // reported

export const all = [Injectable, nothing, settings, desk, figures, draft];
export const more = [command, demo, server, root];
