import { parentPort } from 'node:worker_threads';
import { messageOf } from '../../shared/message-of.js';

export type ThreadAnswer<Result> = { result: Result } | { error: string };

/** What the file of a LimitedThread does: says that it is ready, then works on what it is sent, one after the other. */
export const serveTasks = (work: (task: never) => unknown): void => {
  if (!parentPort) throw new Error('this file is run as a thread');
  const port = parentPort;
  const answer = async (task: never): Promise<void> => {
    try {
      port.postMessage({ result: await work(task) } satisfies ThreadAnswer<unknown>);
    } catch (error) {
      port.postMessage({ error: messageOf(error) } satisfies ThreadAnswer<unknown>);
    }
  };
  port.on('message', (task: unknown) => void answer(task as never));
  port.postMessage('ready');
};
