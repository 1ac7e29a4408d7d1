import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface ClamdDouble {
  url: string;
  /** The bytes of each file it was given. */
  readonly files: readonly Buffer[];
  /** Whether it answers: until then whoever asks waits. */
  release: () => void;
  close: () => Promise<void>;
}

const finding = 'Eicar-Signature';

/** Speaks clamd's INSTREAM over TCP, as ClamAV 1.4 does; a file with the word EICAR is infected. */
export const startClamd = async ({ holds = false } = {}): Promise<ClamdDouble> => {
  const files: Buffer[] = [];
  const sockets = new Set<Socket>();
  let release: () => void = () => undefined;
  const released = holds ? new Promise<void>((resolve) => (release = resolve)) : Promise.resolve();
  const server = createServer((socket) => {
    sockets.add(socket);
    let received = Buffer.alloc(0);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    socket.on('data', (part) => {
      received = Buffer.concat([received, part]);
      const file = fileIn(received);
      if (!file) return;
      files.push(file);
      const answer = file.includes('EICAR') ? `${finding} FOUND` : 'OK';
      void released.then(() => socket.end(`stream: ${answer}\0`));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `tcp://127.0.0.1:${port}`,
    files,
    release: () => release(),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};

/** The file that was sent, once its end has come: pieces after their lengths, and a last one of none. */
const fileIn = (received: Buffer): Buffer | undefined => {
  const command = 'zINSTREAM\0';
  if (received.subarray(0, command.length).toString() !== command) return undefined;
  const pieces: Buffer[] = [];
  for (let at = command.length; at + 4 <= received.length;) {
    const length = received.readUInt32BE(at);
    if (length === 0) return Buffer.concat(pieces);
    pieces.push(received.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return undefined;
};
