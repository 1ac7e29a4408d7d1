import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Whether a route takes a file of any type as its body, which it reads itself, piece by piece; said in its config. */
interface FileConfig {
  takesFiles: true;
}

const takesFiles = (request: FastifyRequest): boolean =>
  (request.routeOptions.config as Partial<FileConfig> | undefined)?.takesFiles === true;

const anyFile = 'application/octet-stream';
const declared = new WeakMap<FastifyRequest, string>();

/** What the sender says that the file is, in lower case and without parameters; undefined where nothing is said. */
export const declaredTypeOf = (request: FastifyRequest): string | undefined =>
  declared.get(request)?.split(';')[0]?.trim().toLowerCase();

/** What is in a file is no affair of the parsers: whatever its type, its route gets the stream as it is. To be called before all that look at types. */
export const takeFiles = (fastify: FastifyInstance): void => {
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (takesFiles(request)) {
      const type = request.headers['content-type'];
      if (type !== undefined) declared.set(request, type);
      request.headers['content-type'] = anyFile;
    }
    done();
  });
};

/**
 * The parser of files. The stream is paused: a body flows once it is listened to, and who sent it is still to be looked at. Every other
 * route refuses the type, as it refuses all it has no parser for.
 */
export const parseFiles = (fastify: FastifyInstance, refused: () => Error): void => {
  fastify.addContentTypeParser(anyFile, (request, payload, done) => {
    payload.pause();
    if (takesFiles(request)) done(null, payload);
    else done(refused());
  });
};

/** The bytes of the file, as they come. What is not read stays unread, and the connection fit for an answer. */
export const fileOf = ({ raw }: FastifyRequest): AsyncIterable<Buffer> => ({
  [Symbol.asyncIterator]: () =>
    raw.iterator({ destroyOnReturn: false })[Symbol.asyncIterator]() as AsyncIterator<Buffer>,
});
