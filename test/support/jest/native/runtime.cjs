const { register } = require('node:module');
const { pathToFileURL } = require('node:url');
const { default: Runtime } = require('jest-runtime');

/** How many suites this process has loaded. */
let loaded = 0;

/**
 * Jest's runtime, with modules that Node loads by itself instead of Jest in a context of each suite: the suites of one worker share what
 * they import, each in its turn. The suite's own file is loaded anew each time. Jest's mocks of modules do not exist here.
 */
module.exports = class NativeRuntime extends Runtime {
  /**
   * Only Jest asks for these: parts of itself. What registers tests keeps them in its module, so it is loaded anew for each suite.
   *
   * @override
   * @template Module
   * @param {string} path
   * @returns {Module}
   */
  requireInternalModule(path) {
    if (isTestRegistry(path)) {
      Reflect.deleteProperty(require.cache, path);
      Reflect.deleteProperty(globalThis, Symbol.for('EVENT_HANDLERS'));
    }
    return require(path);
  }

  /** @override */
  unstable_shouldLoadAsEsm() {
    return true;
  }

  /**
   * @override
   * @param {string} path
   * @returns {Promise<any>}
   */
  async unstable_importModule(path) {
    if (loaded === 0) {
      register('./typescript.js', pathToFileURL(__filename));
      process.setSourceMapsEnabled(true);
    }
    loaded += 1;
    Object.assign(globalThis, this.requireModuleOrMock(path, '@jest/globals'));
    return import(`${pathToFileURL(path).href}?suite=${loaded}`);
  }
};

/** @param {string} path */
const isTestRegistry = (path) => path.includes('jest-circus') && path.endsWith('jestAdapterInit.js');
