import * as keys from '../../../src/keys/storage/key-statements.js';
import { form, forms, ticketId, type CataloguedStatement } from './catalogue.js';

const key = { id: ticketId, masterKeyId: 'k1', wrapped: 'wrapped' };

export const ticketKeys: CataloguedStatement[] = [
  ...form(keys.selectKeys, [ticketId]),
  ...forms(keys.insertKeys, { 'beside the log': [[key], true], elsewhere: [[key], false] }),
  ...form(keys.destroyKeys, [ticketId]),
  ...form(keys.selectOtherKeys, 'k2', 100),
  ...form(keys.countOtherKeys, 'k2'),
  ...form(keys.replaceKeys, [key], [{ ...key, masterKeyId: 'k2' }]),
  ...form(keys.selectMasterKeysInUse),
  ...form(keys.announceMasterKey),
  ...form(keys.selectCheckValues),
  ...form(keys.insertCheckValue, key),
  ...form(keys.deleteCheckValuesBut, ['k2']),
];
