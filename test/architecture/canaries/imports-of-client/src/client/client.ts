import createClient from 'openapi-fetch';
import { nothing } from './contract.js';
import { nothing as text } from '../shared/text.js'; // reported
import { nothing as http } from '../platform/http.js'; // reported

export const all = [createClient, nothing, text, http];
