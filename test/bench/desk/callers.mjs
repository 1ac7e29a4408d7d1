import { once } from 'node:events';
import { Agent, request } from 'node:http';

/** @import { ClientRequest, IncomingMessage } from 'node:http' */

/** Calls to a server with a token: many at once over kept connections, and streams that stay open. */
export class Callers {
  kept = new Agent({ keepAlive: true, maxSockets: 64 });
  streams = new Agent({ maxSockets: Infinity });
  /** @type {ClientRequest[]} */
  open = [];

  /**
   * @param {string} url
   * @param {string} token
   */
  constructor(url, token) {
    this.url = url;
    this.headers = { Authorization: `Bearer ${token}` };
  }

  /**
   * Resolves when the answer has come, whole. Throws where it is none of success.
   * @param {string} path
   * @param {string} body
   */
  async post(path, body) {
    const call = request(this.url + path, {
      ...{ method: 'POST', agent: this.kept },
      headers: { ...this.headers, 'Content-Type': 'application/json' },
    });
    call.end(body);
    const response = await responseTo(call);
    const text = (await response.setEncoding('utf8').toArray()).join('');
    if (response.statusCode !== 200 && response.statusCode !== 201)
      throw new Error(`${path} answered ${response.statusCode}: ${text}`);
    return { headers: response.headers, text };
  }

  /**
   * Resolves with an answer that goes on.
   * @param {string} path
   */
  async get(path) {
    const call = request(this.url + path, { agent: this.streams, headers: this.headers });
    this.open.push(call);
    call.on('error', () => undefined).end();
    const response = await responseTo(call);
    if (response.statusCode !== 200) throw new Error(`${path} answered ${response.statusCode}`);
    return response;
  }

  close() {
    for (const call of this.open) call.destroy();
    this.streams.destroy();
    this.kept.destroy();
  }
}

/**
 * @param {ClientRequest} call
 * @returns {Promise<IncomingMessage>}
 */
const responseTo = async (call) => (await once(call, 'response'))[0];
