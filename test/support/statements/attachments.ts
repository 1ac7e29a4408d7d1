import * as objects from '../../../src/attachments/storage/object-statements.js';
import { form, forms, instants, ticketId, type CataloguedStatement } from './catalogue.js';

const attachmentId = '0190c7a0-0000-7000-8000-00000000000a';

export const attachments: CataloguedStatement[] = [
  ...form(objects.insertObject, attachmentId, ticketId),
  ...form(objects.settleObject, attachmentId, ticketId, 'quarantined'),
  ...form(objects.deleteObjects, [attachmentId]),
  ...form(objects.selectObjectStates, ticketId),
  ...form(objects.selectUnfinished, instants.first, 200),
  ...form(objects.selectErased, 200),
  ...form(objects.selectQuarantined, 20),
  ...forms(objects.recordScan, { clean: [attachmentId, null], infected: [attachmentId, 'Eicar'] }),
  ...form(objects.selectInfected, 200),
  ...form(objects.recordEmptied, attachmentId),
];
