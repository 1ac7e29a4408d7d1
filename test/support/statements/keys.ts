import * as keys from '../../../src/keys/storage/key-statements.js';
import { form, ticketId, type CataloguedStatement } from './catalogue.js';

const key = { id: ticketId, masterKeyId: 'k1', wrapped: 'wrapped' };

export const ticketKeys: CataloguedStatement[] = [
  ...form(keys.selectKeys, [ticketId]),
  ...form(keys.insertKeys, [key]),
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
