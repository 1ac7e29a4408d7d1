import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';

/** @import { JestEnvironment, JestEnvironmentConfig } from '@jest/environment' */

/**
 * The environment of suites whose modules Node loads by itself: the process itself, without a context of its own.
 *
 * @implements {JestEnvironment}
 */
export default class NativeEnvironment {
  console = globalThis.console;
  moduleMocker = new ModuleMocker(globalThis);
  fakeTimers = null;
  /** Jest writes to it what a suite alone may see, such as its `process.exit`: the process keeps its own. */
  global = Object.create(globalThis, { process: { value: Object.create(process) } });

  /** @param {JestEnvironmentConfig} config */
  constructor({ projectConfig }) {
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  setup() {
    // The one that keeps what a suite prints, to show it under the suite's name.
    globalThis.console = this.global.console;
    // Node knows the lines of the sources; what Jest puts in its place knows only those of files that Jest compiled.
    Reflect.deleteProperty(Error, 'prepareStackTrace');
    return Promise.resolve();
  }

  teardown() {
    this.fakeTimersModern.dispose();
    globalThis.console = this.console;
    return Promise.resolve();
  }

  getVmContext() {
    return null;
  }
}
