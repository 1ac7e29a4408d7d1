import { StartRefused } from '../config/start-refused.js';
import { whyUnanswered } from '../shared/message-of.js';

const done = 303;
const notThere = 404;

/** Presses a button of the bar of the demo that runs at this port. Throws StartRefused where none does. */
export const tellRunningDemo = async (
  step: 'pause' | 'resume',
  { port, token }: { port: number; token: string },
): Promise<void> => {
  const url = `http://localhost:${port}`;
  const response = await fetch(`${url}/demonstration/${step}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Authorization: `Bearer ${token}` },
    body: new URLSearchParams(),
  }).catch((error: unknown) => {
    throw new StartRefused(`no demo runs at ${url} (${whyUnanswered(error)}); its port is the setting PORT`);
  });
  if (response.status === done) return;
  const why = response.status === notThere ? 'no tickets arrive there' : `it answered ${response.status}`;
  throw new StartRefused(`what runs at ${url} can't be told to ${step}: ${why}`);
};
