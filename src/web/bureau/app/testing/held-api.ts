import type { Reply } from '../../../browser/api-request.js';
import type { Api } from '../api/api.js';

interface Asked {
  method: string;
  path: string;
  body: unknown;
  answer: (reply: Reply<unknown>) => Promise<void>;
}

/** An API that answers a request when the test says so; `asked` has them in the order in which they were sent. */
export const heldApi = (): { api: Api; asked: Asked[] } => {
  const asked: Asked[] = [];
  const ask = (method: string) => (path: string, body?: unknown) =>
    new Promise<Reply<unknown>>((resolve) => {
      const answer = async (reply: Reply<unknown>): Promise<void> => {
        resolve(reply);
        await settled();
      };
      asked.push({ method, path, body, answer });
    });
  const api = { get: ask('GET'), post: ask('POST'), put: ask('PUT'), delete: ask('DELETE') };
  return { api: { ...api, leave: ask('DELETE') } as unknown as Api, asked };
};

/** Whatever goes on from an answer has gone on. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

export const answerOf = (body: unknown): Reply<unknown> => ({ kind: 'answer', body });
