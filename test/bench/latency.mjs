import { setTimeout as sleep } from 'node:timers/promises';
import { quantile, rounded } from './measure.mjs';
import { freshAppend } from './payload.mjs';

const appends = 400;
const pauseMs = 5;

/** A lone append on an idle server, and how soon a subscriber that waits has its event; both from the call of append. */
export const latencySection = async (bed) => {
  const { store } = await bed.eventStore('latency');
  const ended = new AbortController();
  const seenAt = new Map();
  let saw = () => undefined;
  const subscriber = (async () => {
    for await (const { events } of store.subscribe({ after: 0n, signal: ended.signal })) {
      for (const { id } of events) seenAt.set(id, performance.now());
      saw();
    }
  })();
  const append = [];
  const subscribed = [];
  for (let number = 0; number < appends + 50; number += 1) {
    const one = freshAppend();
    const { id } = one.events[0];
    const sentAt = performance.now();
    await store.append(one);
    const answeredAt = performance.now();
    while (!seenAt.has(id)) await new Promise((resolve) => (saw = resolve));
    // The first ones warm up.
    if (number >= 50) {
      append.push(answeredAt - sentAt);
      subscribed.push(seenAt.get(id) - sentAt);
    }
    await sleep(pauseMs);
  }
  ended.abort();
  await subscriber;
  const quantiles = (values) => ({
    p50: rounded(quantile(values, 0.5)),
    p99: rounded(quantile(values, 0.99)),
  });
  return { appends, append: quantiles(append), appendToSubscriber: quantiles(subscribed) };
};
