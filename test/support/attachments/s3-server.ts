import type { AddressInfo } from 'node:net';
import S3rver from 's3rver';

export interface S3Server {
  port: number;
  close: () => Promise<unknown>;
}

/** An S3-compatible server with one bucket, `billets`, whose objects are in a folder; at a port of its own unless one is given. */
export const startS3 = async (directory: string, port = 0): Promise<S3Server> => {
  const configureBuckets = [{ name: 'billets', configs: [] }];
  const server = new S3rver({ ...{ address: '127.0.0.1', port, silent: true, directory }, configureBuckets });
  await server.run();
  return { port: (server.httpServer.address() as AddressInfo).port, close: () => server.close() };
};
