import { Children } from './children.js';
import { MergedTickets } from './merged-here.js';
import { Relations } from './relations.js';

export const relationProviders = [Relations, Children, MergedTickets];
