import { setTimeout as sleep } from 'node:timers/promises';
import { quantiles } from '../support/measure.mjs';
import { freshAppend } from './payload.mjs';

/**
 * @import { EventToAppend } from '../../../src/platform/event-store/event-store.js'
 * @import { Bed } from '../support/bed.mjs'
 * @typedef {Awaited<ReturnType<typeof latencySection>>} Latency
 */

const appends = 400;
const pauseMs = 5;

/**
 * The latency of a lone append on an idle server, and the time until a waiting subscriber has its event; both from the call on, in ms.
 * @param {Bed} bed
 */
export const latencySection = async (bed) => {
  const { store } = await bed.eventStore('latency');
  const ended = new AbortController();
  /** @type {Map<string, number>} */
  const seenAt = new Map();
  /** @type {() => void} */
  let saw = () => undefined;
  /** @returns {Promise<void>} */
  const seen = () => new Promise((resolve) => (saw = resolve));
  const subscriber = (async () => {
    for await (const { events } of store.subscribe({ after: 0n, signal: ended.signal })) {
      for (const { id } of events) seenAt.set(id, performance.now());
      saw();
    }
  })();
  /** @type {number[]} */
  const append = [];
  /** @type {number[]} */
  const subscribed = [];
  for (let number = 0; number < appends + 50; number += 1) {
    const lone = freshAppend();
    const [{ id }] = /** @type {[EventToAppend]} */ (lone.events);
    const sentAt = performance.now();
    await store.append(lone);
    const answeredAt = performance.now();
    let heardAt = seenAt.get(id);
    for (; heardAt === undefined; heardAt = seenAt.get(id)) await seen();
    // The first 50 appends warm up.
    if (number >= 50) {
      append.push(answeredAt - sentAt);
      subscribed.push(heardAt - sentAt);
    }
    await sleep(pauseMs);
  }
  ended.abort();
  await subscriber;
  return { appends, append: quantiles(append), appendToSubscriber: quantiles(subscribed) };
};
