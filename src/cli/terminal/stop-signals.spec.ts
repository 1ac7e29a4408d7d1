import { EventEmitter } from 'node:events';
import { describe, expect, it, jest } from '@jest/globals';
import { onStopSignal } from './stop-signals.js';

const listening = () => {
  const emitter = new EventEmitter();
  const stop = jest.fn();
  const exit = jest.fn();
  let now = 1_000;
  onStopSignal(stop, { on: (signal, listener) => emitter.on(signal, listener), exit, now: () => now });
  return {
    stop,
    exit,
    after: (ms: number, signal: NodeJS.Signals) => {
      now += ms;
      emitter.emit(signal);
    },
  };
};

describe('a signal to stop', () => {
  it('stops once, however often one press of Ctrl-C arrives', () => {
    const { stop, exit, after } = listening();
    after(0, 'SIGINT');
    after(3, 'SIGINT');
    after(400, 'SIGTERM');
    after(800, 'SIGHUP');
    expect(stop).toHaveBeenCalledTimes(1);
    expect(exit).not.toHaveBeenCalled();
  });

  it('ends the process at once when it comes again later', () => {
    const { stop, exit, after } = listening();
    after(0, 'SIGTERM');
    after(1, 'SIGTERM');
    after(1_600, 'SIGINT');
    expect(stop).toHaveBeenCalledTimes(1);
    expect(exit.mock.calls).toEqual([[130]]);
  });

  it('ends the process at once where it is Ctrl-\\', () => {
    const { stop, exit, after } = listening();
    after(0, 'SIGQUIT');
    expect(stop).not.toHaveBeenCalled();
    expect(exit.mock.calls).toEqual([[131]]);
  });
});
