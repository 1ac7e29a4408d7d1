import { once } from 'node:events';
import {
  constants,
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import features from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb.js';
import { connectionSettings } from '../../../../src/platform/event-store/kurrentdb/connection/connection-settings.js';
import { Connection } from '../../../../src/platform/event-store/kurrentdb/connection/connection.js';
import { frameOf } from '../../../../src/platform/event-store/kurrentdb/transport/frames.js';
import { GrpcError, grpcCodes } from '../../../../src/platform/event-store/kurrentdb/transport/grpc-error.js';
import { NodeSession } from '../../../../src/platform/event-store/kurrentdb/transport/node-session.js';
import { patienceMs } from '../../../support/patience.js';
import { numbers, outcome } from './engines/engine.js';

// gRPC over a session, against a server that answers byte for byte what a test says.

const method = {
  path: '/test.Service/Method',
  requestSerialize: (text: string) => Buffer.from(text),
  responseDeserialize: (bytes: Buffer) => bytes.toString(),
};

let server: Http2Server;
let session: NodeSession;
let answer: (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => void;
const sessions = new Set<ServerHttp2Session>();

beforeEach(async () => {
  server = createServer();
  server.on('stream', (stream, headers) => answer(stream, headers));
  server.on('session', (opened) => sessions.add(opened));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  session = new NodeSession(
    { address: '127.0.0.1', port: (server.address() as AddressInfo).port },
    { tls: undefined, headers: {}, keepAliveMs: 60_000, keepAliveTimeoutMs: 60_000 },
  );
});
afterEach(async () => {
  session.destroy();
  for (const opened of sessions) opened.destroy();
  server.close();
  await once(server, 'close');
});

/** Answers with all this at once, and with a status where there is one. */
const answering = (bytes: Buffer, status?: Record<string, string>) => {
  answer = (stream) => {
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers(status ?? { 'grpc-status': '0' }));
    stream.end(bytes);
  };
};
const called = () => {
  const call = session.call(method);
  call.send('request');
  call.endRequests();
  return call;
};
const responsesOf = async (call: ReturnType<typeof called>): Promise<string[]> => {
  const responses: string[] = [];
  for await (const response of call.responses()) responses.push(response);
  return responses;
};
const words = numbers(1, 100).map(String);
const framed = Buffer.concat(words.map((word) => frameOf(Buffer.from(word))));

describe('a call', () => {
  it('gives every response, however late they are taken after the call has ended', async () => {
    answering(framed);
    const call = called();
    const taken: string[] = [];
    while (taken.length === 0) {
      const first = call.take();
      if (first !== undefined) taken.push(first);
      else await call.wait();
    }
    await sleep(50);
    expect([...taken, ...(await responsesOf(call))]).toEqual(words);
  });

  it('gives the responses before its error', async () => {
    answering(framed, { 'grpc-status': '14', 'grpc-message': 'gone%20away' });
    const call = called();
    for (const word of words) {
      let response = call.take();
      for (; response === undefined; response = call.take()) await call.wait();
      expect(response).toBe(word);
    }
    const failure = await outcome(responsesOf(call));
    expect(failure).toMatchObject({ code: grpcCodes.unavailable, message: 'gone away' });
  });

  it('offers no compression, and fails where an answer is compressed', async () => {
    let offered: unknown;
    const compressed = frameOf(Buffer.from('text'));
    compressed.writeUInt8(1, 0);
    answering(compressed);
    const plainly = answer;
    answer = (stream, headers) => {
      offered = headers['grpc-accept-encoding'];
      plainly(stream, headers);
    };
    expect(await outcome(responsesOf(called()))).toMatchObject({ code: grpcCodes.internal });
    expect(offered).toBeUndefined();
  });

  it('is made again where the server refused it without looking at it', async () => {
    const { port } = server.address() as AddressInfo;
    const connection = new Connection(
      connectionSettings(`kurrentdb://127.0.0.1:${port}?tls=false`, 'URL'),
      patienceMs,
    );
    const paths: string[] = [];
    const supported = new features.SupportedMethods().setEventStoreServerVersion('26.1.0');
    answer = (stream, headers) => {
      const path = String(headers[':path']);
      paths.push(path.slice(path.lastIndexOf('/') + 1));
      if (paths.length === 2) {
        stream.on('error', () => undefined);
        stream.close(constants.NGHTTP2_REFUSED_STREAM);
        return;
      }
      answering(path.endsWith('Read') ? Buffer.alloc(0) : frameOf(supported.serializeBinary()));
      const plainly = answer;
      answer = again;
      plainly(stream, headers);
    };
    const again = answer;
    expect(await connection.read({ backwards: true }, 1)).toEqual([]);
    expect(paths).toEqual(['GetSupportedMethods', 'Read', 'Read']);
    await connection.close();
  });

  it('sends the requests of one turn of the event loop together', async () => {
    const arrived = new Promise<Buffer>((resolve) => {
      answer = (stream) => stream.once('data', resolve);
    });
    const call = session.call(method);
    for (const word of words) call.send(word);
    expect(await arrived).toEqual(framed);
    call.cancel();
  });

  it('fails as unavailable where a proxy answers 503, and where the connection is lost', async () => {
    answer = (stream) => stream.respond({ ':status': 503 }, { endStream: true });
    expect(await outcome(responsesOf(called()))).toMatchObject({ code: grpcCodes.unavailable });
    answer = (stream) => stream.session?.destroy();
    const lost = await outcome(responsesOf(called()));
    expect(lost).toBeInstanceOf(GrpcError);
    expect(lost).toMatchObject({ code: grpcCodes.unavailable });
    expect(session.isOpen).toBe(false);
  });
});
