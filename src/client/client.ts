import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './contract.js';

/** The parts of the contract by their names, e.g. `Schemas['Ticket']`. */
export type Schemas = components['schemas'];

/** What `data` and `error` are typed by; another form of an answer is asked for by `Accept`, and read with `parseAs`. */
type Json = 'application/json' | 'application/problem+json';

export type ApiClient = Client<paths, Json>;

interface ClientOptions {
  /** e.g. `http://localhost:3000`; a path in it is left out. */
  url: string;
  /** A bearer token; without one, only the routes outside /v1 answer. */
  token?: string;
  /** What carries requests, where it is not Node's own. */
  fetch?: (request: Request) => Promise<Response>;
}

/**
 * A client of the public API, typed by its OpenAPI document: `const { data, error, response } = await api.GET('/v1/tickets')`, where
 * `error` is a problem. Rejects where there is no answer.
 */
export const createApiClient = ({ url, token, fetch }: ClientOptions): ApiClient =>
  createClient<paths, Json>({
    baseUrl: new URL('/', url).href,
    ...(token === undefined ? {} : { headers: { Authorization: `Bearer ${token}` } }),
    ...(fetch === undefined ? {} : { fetch }),
  });
