// Says on the page at the root whether the service can answer.
const state = document.getElementById('state');
const words = JSON.parse(state.dataset.words);

const stateOf = async () => {
  const health = await (await fetch('/health/ready')).json();
  if (health.status !== 'ok') return 'down';
  return Object.values(health.projections).some((one) => one.lagEvents !== 0) ? 'behind' : 'fine';
};

const show = async () => {
  const text = words[await stateOf().catch(() => 'away')];
  if (state.textContent !== text) state.textContent = text;
  setTimeout(show, 5000);
};
show();
