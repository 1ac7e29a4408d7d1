import { request } from 'node:http';
import { connect } from 'node:net';
import { patienceMs } from '../patience.js';

export interface RawAnswer {
  status: number;
  headers: Headers;
  body: unknown;
}

/** Sends exactly these bytes on a connection of its own, and reads until the server ends the connection. */
export const exchange = (url: string, bytes: string | Uint8Array): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes));
    socket.setTimeout(patienceMs, () => socket.destroy(new Error(`no end in time after: ${text}`)));
    socket.setEncoding('utf8').on('data', (part: string) => (text += part));
    socket.on('close', () => {
      if (text === '') reject(new Error('closed without an answer'));
      else resolve(parsed(text));
    });
    // A server that has answered may reset the connection, so as not to read the rest of the request.
    socket.on('error', (error) => {
      if (text === '') reject(error);
    });
  });

const parsed = (text: string): RawAnswer => {
  const [head = '', rest = ''] = text.split('\r\n\r\n');
  const [status = '', ...lines] = head.split('\r\n');
  const headers = new Headers(
    lines.map((line): [string, string] => [
      line.slice(0, line.indexOf(':')),
      line.slice(line.indexOf(':') + 1),
    ]),
  );
  // A second answer may follow the first.
  const length = Number(headers.get('Content-Length') ?? Infinity);
  const body = Buffer.from(rest).subarray(0, length).toString();
  const isJson = /[/+]json\b/.test(headers.get('Content-Type') ?? '');
  return { status: Number(status.split(' ')[1]), headers, body: isJson ? JSON.parse(body) : body };
};

/** Posts a body of unknown length, in chunks, until it is all sent or the server has answered. */
export const postChunked = (
  url: string,
  { headers, chunk, chunks }: { headers: Record<string, string>; chunk: string; chunks: number },
): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    let answered = false;
    const call = request(url, { method: 'POST', headers, timeout: patienceMs }, (response) => {
      answered = true;
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => {
        call.destroy();
        const received = new Headers(response.headers as Record<string, string>);
        resolve({ status: response.statusCode ?? 0, headers: received, body: JSON.parse(text) });
      });
      response.on('error', reject);
    });
    call.on('error', (error) => {
      if (!answered) reject(error);
    });
    let sent = 0;
    const sendNext = (): void => {
      if (answered) return;
      if (sent >= chunks) {
        call.end();
        return;
      }
      sent += 1;
      call.write(chunk, sendNext);
    };
    sendNext();
  });
