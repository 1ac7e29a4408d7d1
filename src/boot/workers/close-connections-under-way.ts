import type { ChildProcess } from 'node:child_process';

/** What node:cluster sends to a worker, and hears of it. */
interface ClusterMessage {
  seq?: number;
  ack?: number;
}
type Handle = { close?: () => void } | undefined;
type Send = (message: ClusterMessage, handle: Handle, ...rest: unknown[]) => boolean;

/**
 * Closes the connections that a worker was given but had not accepted when it ended. node:cluster keeps such a connection open for ever,
 * and its client would wait for ever: it forgets about it until the worker says whether it accepts it, and this one says nothing more.
 */
export const closeConnectionsUnderWay = (worker: ChildProcess): void => {
  const underWay = new Map<number, Handle>();
  const send = worker.send.bind(worker) as unknown as Send;
  const watched: Send = (message, handle, ...rest) => {
    if (handle?.close && message.seq !== undefined) underWay.set(message.seq, handle);
    return send(message, handle, ...rest);
  };
  worker.send = watched as unknown as typeof worker.send;
  worker.on('internalMessage', ({ ack }: ClusterMessage) => {
    if (ack !== undefined) underWay.delete(ack);
  });
  worker.once('exit', () => {
    for (const handle of underWay.values()) handle?.close?.();
    underWay.clear();
  });
};
