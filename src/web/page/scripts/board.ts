// Keeps the board up to date, and says so when it can't.
import { elementById, jsonOf } from './elements.js';
import { ageText, filled, type LiveTexts } from './live-texts.js';
import { replaceRegion } from './replace-region.js';
import { showNextPages, showPages } from './turning-pages.js';

/** A message of the server; without regions, nothing has changed. */
interface BoardMessage {
  upToDate: boolean;
  summary: string;
  regions?: Record<string, string>;
}

const board = elementById('board');
const freshness = elementById('freshness');
const fresh = elementById('fresh');
const lost = elementById('lost');
const lostText = elementById('lost-text');
const announced = elementById('announced');
const texts = jsonOf(board, 'words') as LiveTexts;
const address = `/board/events?lang=${board.dataset.language ?? ''}&layout=${board.dataset.layout ?? ''}`;

/** The silence after which the connection counts as lost; the server sends a message every four seconds. */
const silenceMs = 10_000;
const retryMs = 3_000;
/** The shortest time between two announced updates, so that a screen reader does not talk all the time. */
const announcedEveryMs = 20_000;

let source: EventSource | undefined;
let confirmedAt = Date.now();
let heardAt = Date.now();
let isLost = false;
let announcedAt = 0;
let retry: number | undefined;

const age = () => ageText(Date.now() - confirmedAt);

const announce = (text: string) => {
  announced.textContent = text;
  announcedAt = Date.now();
};

const isUpToDate = () => board.dataset.upToDate === 'true';

const showAge = () => {
  freshness.hidden = !isUpToDate();
  fresh.textContent = filled(texts.fresh, { age: age() });
  if (isLost && !lost.dataset.final) lostText.textContent = filled(texts.lost, { age: age() });
};

const receive = ({ data }: MessageEvent<string>) => {
  const { upToDate, regions, summary } = JSON.parse(data) as BoardMessage;
  heardAt = Date.now();
  if (upToDate) confirmedAt = Date.now();
  board.dataset.upToDate = String(upToDate);
  if (regions) replaceRegions(regions);
  if (isLost) {
    isLost = false;
    lost.hidden = true;
    board.classList.remove('lost');
    announce(upToDate ? texts.back : texts.backBehind);
  } else if (regions && Date.now() - announcedAt > announcedEveryMs) {
    announce(filled(upToDate ? texts.updated : texts.updatedBehind, { summary }));
  }
  showAge();
};

/** Replaces the regions. One that the server does not send stays as it is: the page may be older than the server. */
const replaceRegions = (regions: Record<string, string>) => {
  for (const region of document.querySelectorAll<HTMLElement>('[data-region]')) {
    const html = regions[region.dataset.region ?? ''];
    if (html !== undefined) replaceRegion(region, html);
  }
  showPages(board);
};

const lose = () => {
  source?.close();
  if (!isLost) announce(filled(texts.lost, { age: age() }));
  isLost = true;
  lost.hidden = false;
  board.classList.add('lost');
  showAge();
  reconnectLater();
};

/** Connects, and ends an open connection and a planned retry: a page that is returned to may have both. */
const connect = () => {
  clearTimeout(retry);
  source?.close();
  heardAt = Date.now();
  source = new EventSource(address);
  source.onmessage = receive;
  source.onerror = lose;
};

/** Plans one retry, however often the connection was lost meanwhile. */
const reconnectLater = () => {
  clearTimeout(retry);
  retry = setTimeout(() => void reconnect(), retryMs);
};

/** Reconnects. An event source can't tell an expired session from a server that is down, so the status is fetched first. */
const reconnect = async () => {
  try {
    const asking = new AbortController();
    const answer = await fetch(address, { headers: { Accept: 'text/event-stream' }, signal: asking.signal });
    const { status } = answer;
    asking.abort();
    if (status === 401 || status === 403) showSignedOut();
    else connect();
  } catch {
    reconnectLater();
  }
};

const showSignedOut = () => {
  lost.dataset.final = 'true';
  lostText.textContent = texts.signedOut;
  elementById('sign-in-again').hidden = false;
  announce(texts.signedOut);
};

/** How long a page of establishments is read. */
const pageMs = 12_000;
setInterval(() => showNextPages(board), pageMs);
setInterval(() => {
  showAge();
  if (!isLost && Date.now() - heardAt > silenceMs) lose();
}, 1000);
// Browsers open few connections to a host, so a page that is left must not keep one.
addEventListener('pagehide', () => source?.close());
addEventListener('pageshow', (event) => {
  if (event.persisted) connect();
});
connect();
