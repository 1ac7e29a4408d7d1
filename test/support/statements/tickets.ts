import { announceMerge, selectNewestMerge, settleMerge } from '../../../src/tickets/merges/merge-intents.js';
import { selectRelated } from '../../../src/tickets/relations/relations.js';
import { form, forms, ticketId, type CataloguedStatement } from './catalogue.js';
import { append } from './platform.js';

export const tickets: CataloguedStatement[] = [
  ...form(selectNewestMerge),
  ...form(announceMerge, 7n, append),
  ...form(settleMerge, 8n),
  ...forms(selectRelated, {
    'as many as asked for': [7n, { related: 'parent', otherId: ticketId, limit: 50 }],
  }),
];
