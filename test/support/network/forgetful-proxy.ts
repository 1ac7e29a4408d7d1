import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ForgetfulProxy {
  url: string;
  close(): Promise<void>;
}

/** A proxy that loses the server's first answer to a POST, as a server does that is killed after its work and before its answer. */
export const startForgetfulProxy = async (target: string): Promise<ForgetfulProxy> => {
  let forgotten = false;
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { authorization, 'content-type': type } = request.headers;
    const answer = await fetch(new URL(request.url ?? '/', target), {
      method: request.method,
      headers: {
        ...(authorization === undefined ? {} : { Authorization: authorization }),
        ...(type === undefined ? {} : { 'Content-Type': type }),
      },
      body: request.method === 'GET' ? undefined : Buffer.concat(chunks),
    });
    const text = await answer.text();
    if (request.method === 'POST' && !forgotten) {
      forgotten = true;
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, { 'Content-Type': answer.headers.get('Content-Type') ?? 'text/plain' });
    response.end(text);
  };
  const server = createServer((request, response) => {
    pass(request, response).catch(() => request.socket.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
