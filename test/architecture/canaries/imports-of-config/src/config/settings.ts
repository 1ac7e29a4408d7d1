import { z } from 'zod';
import { nothing } from '../shared/text.js';
import { nothing as database } from '../platform/database.js'; // reported

export const all = [z, nothing, database];
