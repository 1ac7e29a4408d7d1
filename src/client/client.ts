import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './contract.js';

/** The schemas of the contract by their names, e.g. `Schemas['Ticket']`. */
export type Schemas = components['schemas'];

/** The media types that `data` and `error` are typed by. Ask for another form of an answer with `Accept`, and read it with `parseAs`. */
type Json = 'application/json' | 'application/problem+json';

export type ApiClient = Client<paths, Json>;

interface ClientOptions {
  /** The server's address, e.g. `http://localhost:3000`; a path in it is ignored. */
  url: string;
  /** A bearer token; without one, only the routes outside /v1 answer. */
  token?: string;
  /** Sends the requests; Node's own `fetch` where it is left out. */
  fetch?: (request: Request) => Promise<Response>;
}

/**
 * A client of the public API, typed by its OpenAPI document: `const { data, error, response } = await api.GET('/v1/tickets')`, where
 * `error` is a problem. Rejects where no answer comes.
 */
export const createApiClient = ({ url, token, fetch }: ClientOptions): ApiClient =>
  createClient<paths, Json>({
    baseUrl: new URL('/', url).href,
    ...(token === undefined ? {} : { headers: { Authorization: `Bearer ${token}` } }),
    ...(fetch === undefined ? {} : { fetch }),
  });
