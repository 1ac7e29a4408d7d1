import { once } from 'node:events';
import { createServer, request as call, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { developmentProviderHandler, developmentProviderPath } from '../../access/index.js';
import type { Close } from '../closing.js';

const host = '127.0.0.1';
const badGateway = 502;

/**
 * The provider of development in the primary process, on a port of this machine alone: what it knows of somebody who signs in is in
 * memory, and each of their requests may reach another worker. Resolves to the port.
 */
export const serveDevelopmentProvider = async (publicUrl: () => string, opened: Close[]): Promise<number> => {
  const handle = developmentProviderHandler(publicUrl);
  const server = createServer((request: IncomingMessage & { originalUrl?: string }, response) => {
    // As if it were mounted at its path, which it takes out of the addresses that it is asked for.
    request.originalUrl = request.url;
    const path = request.url?.slice(developmentProviderPath.length) ?? '';
    request.url = path === '' ? '/' : path;
    handle(request, response);
  });
  server.listen(0, host);
  await once(server, 'listening');
  opened.push(async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  });
  return (server.address() as AddressInfo).port;
};

/** Hands requests on to it. */
export const toDevelopmentProvider =
  (port: number): RequestListener =>
  (request: IncomingMessage & { originalUrl?: string }, response) => {
    const { method, headers, originalUrl, url } = request;
    const passed = call({ host, port, path: originalUrl ?? url, method, headers }, (answer) => {
      // Those two say how long the connection between the two processes is kept.
      const { connection: _connection, 'keep-alive': _keepAlive, ...kept } = answer.headers;
      response.writeHead(answer.statusCode ?? badGateway, kept);
      answer.pipe(response);
    });
    passed.on('error', () => {
      if (response.headersSent) response.destroy();
      else response.writeHead(badGateway).end();
    });
    request.pipe(passed);
  };
