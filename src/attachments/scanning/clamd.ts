import { connect, type Socket } from 'node:net';
import { finished } from 'node:stream/promises';
import { once } from 'node:events';
import { messageOf } from '../../shared/message-of.js';
import { ScannerUnavailable, VirusScanner } from './virus-scanner.js';

/** How long it may say nothing: it loads its signatures now and then, and answers nobody meanwhile. */
const silenceMs = 60_000;
const maxAnswerBytes = 4_096;

/** ClamAV's daemon, asked by its INSTREAM command: a file in pieces, each after its length; then one answer. */
export class Clamd extends VirusScanner {
  constructor(private readonly url: string) {
    super();
  }

  async scan(bytes: AsyncIterable<Uint8Array>): Promise<string | undefined> {
    const socket = connect(addressOf(this.url));
    socket.setTimeout(silenceMs, () => socket.destroy(new Error('it says nothing')));
    const answer = answerOf(socket);
    // It is looked at once all is sent; until then it may fail unseen.
    answer.catch(() => undefined);
    try {
      socket.write('zINSTREAM\0');
      for await (const part of bytes) await send(socket, part);
      await send(socket, new Uint8Array(0));
    } catch (error) {
      socket.destroy();
      // It answers before the end where it takes no more; what it says then is the reason.
      if (error instanceof ScannerUnavailable) await answer;
      throw error;
    }
    return findingIn(await answer);
  }
}

const addressOf = (url: string): { path: string } | { host: string; port: number } => {
  if (url.startsWith('unix:')) return { path: url.replace(/^unix:(\/\/)?/, '') };
  const { hostname, port } = new URL(url);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 3310) };
};

const send = async (socket: Socket, part: Uint8Array): Promise<void> => {
  if (!socket.writable) throw new ScannerUnavailable('clamd ended the connection');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(part.length);
  socket.write(length);
  if (part.length === 0 || socket.write(part)) return;
  try {
    await once(socket, 'drain');
  } catch (cause) {
    throw new ScannerUnavailable(`clamd: ${messageOf(cause)}`, { cause });
  }
};

const answerOf = async (socket: Socket): Promise<string> => {
  let text = '';
  socket.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    if (text.includes('\0') || text.length > maxAnswerBytes) socket.destroy();
  });
  try {
    await finished(socket, { writable: false });
  } catch (cause) {
    if (!text.includes('\0')) throw new ScannerUnavailable(`clamd: ${messageOf(cause)}`, { cause });
  }
  return text.split('\0')[0]?.trim() ?? '';
};

/** «stream: OK», «stream: Eicar-Signature FOUND», or what went wrong. */
const findingIn = (answer: string): string | undefined => {
  if (/^stream: OK$/.test(answer)) return undefined;
  const [, found] = /^stream: (.+) FOUND$/.exec(answer) ?? [];
  if (found !== undefined) return found;
  throw new ScannerUnavailable(`clamd: ${answer === '' ? 'it ended without an answer' : answer}`);
};
