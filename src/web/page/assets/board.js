// Keeps the board up to date, and says so when it can't.
const board = document.getElementById('board');
const words = JSON.parse(board.dataset.words);
const { language } = board.dataset;
const [freshness, fresh, lost, lostText, announced] = [
  'freshness',
  'fresh',
  'lost',
  'lost-text',
  'announced',
].map((id) => document.getElementById(id));

/** The server is heard from every four seconds. */
const silenceMs = 10_000;
const retryMs = 3_000;
/** A screen reader is not to be kept talking. */
const announcedEveryMs = 20_000;

let source;
let confirmedAt = Date.now();
let heardAt = Date.now();
let isLost = false;
let announcedAt = 0;
let retry;

const said = (word, filled) => words[word].replace(/\{(\w+)\}/, (_, name) => filled[name]);

const age = () => {
  const seconds = Math.max(0, Math.round((Date.now() - confirmedAt) / 1000));
  if (seconds < 60) return `${seconds} s`;
  return seconds < 3600 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`;
};

const announce = (text) => {
  announced.textContent = text;
  announcedAt = Date.now();
};

const isUpToDate = () => board.dataset.upToDate === 'true';

const showAge = () => {
  freshness.hidden = !isUpToDate();
  fresh.textContent = said('fresh', { age: age() });
  if (isLost && !lost.dataset.final) lostText.textContent = said('lost', { age: age() });
};

/** Replaces only what differs, so that whoever is in the middle of a region stays there. */
const replace = (region, html) => {
  const isOpen = region.querySelector('details')?.open;
  const template = document.createElement('template');
  template.innerHTML = html;
  if (isOpen) template.content.querySelector('details')?.setAttribute('open', '');
  if (region.innerHTML === template.innerHTML) return;
  const focused = [...region.querySelectorAll('a, summary, [tabindex]')].indexOf(document.activeElement);
  const before = new Map(
    [...region.querySelectorAll('[data-figure]')].map((one) => [one.dataset.figure, one.textContent]),
  );
  region.replaceChildren(template.content);
  if (focused >= 0) region.querySelectorAll('a, summary, [tabindex]')[focused]?.focus();
  for (const one of region.querySelectorAll('[data-figure]')) {
    if (before.has(one.dataset.figure) && before.get(one.dataset.figure) !== one.textContent)
      one.classList.add('changed');
  }
};

const hear = ({ data }) => {
  const { upToDate, regions, summary } = JSON.parse(data);
  heardAt = Date.now();
  if (upToDate) confirmedAt = Date.now();
  board.dataset.upToDate = String(upToDate);
  for (const region of document.querySelectorAll('[data-region]')) {
    if (regions) replace(region, regions[region.dataset.region]);
  }
  if (isLost) {
    isLost = false;
    lost.hidden = true;
    board.classList.remove('lost');
    announce(upToDate ? words.back : words.backBehind);
  } else if (regions && Date.now() - announcedAt > announcedEveryMs) {
    announce(said(upToDate ? 'updated' : 'updatedBehind', { summary }));
  }
  showAge();
};

const lose = () => {
  source?.close();
  if (!isLost) announce(said('lost', { age: age() }));
  isLost = true;
  lost.hidden = false;
  board.classList.add('lost');
  showAge();
  clearTimeout(retry);
  retry = setTimeout(reconnect, retryMs);
};

const address = `/board/events?lang=${language}`;

const connect = () => {
  heardAt = Date.now();
  source = new EventSource(address);
  source.onmessage = hear;
  source.onerror = lose;
};

/** A session that is over looks to an event source like a server that is gone: asking plainly tells them apart. */
const reconnect = async () => {
  try {
    const asking = new AbortController();
    const answer = await fetch(address, { headers: { Accept: 'text/event-stream' }, signal: asking.signal });
    const { status } = answer;
    asking.abort();
    if (status === 401 || status === 403) return signedOut();
    connect();
  } catch {
    retry = setTimeout(reconnect, retryMs);
  }
};

const signedOut = () => {
  lost.dataset.final = 'true';
  lostText.textContent = words.signedOut;
  document.getElementById('sign-in-again').hidden = false;
  announce(words.signedOut);
};

setInterval(() => {
  showAge();
  if (!isLost && Date.now() - heardAt > silenceMs) lose();
}, 1000);
// A page that is left must not keep one of the few connections that a browser opens to a host.
addEventListener('pagehide', () => source.close());
addEventListener('pageshow', (event) => event.persisted && connect());
connect();
