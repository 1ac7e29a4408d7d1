// Shows on the page at the root whether the service is ready.
import { elementById, jsonOf } from './elements.js';
import { serviceState, type ServiceHealth, type ServiceState } from './service-state.js';

const askAgainMs = 5_000;
const state = elementById('state');
const texts = jsonOf(state, 'words') as Record<ServiceState, string>;

const readState = async (): Promise<ServiceState> =>
  serviceState((await (await fetch('/health/ready')).json()) as ServiceHealth);

const show = async () => {
  const text = texts[await readState().catch(() => 'away' as const)];
  if (state.textContent !== text) state.textContent = text;
  setTimeout(() => void show(), askAgainMs);
};
void show();
