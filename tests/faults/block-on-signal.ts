/** Loaded into a worker before the product (`node --import`): on SIGUSR2 its event loop stands still for ten seconds. */
process.on('SIGUSR2', () => {
  const end = performance.now() + 10_000;
  while (performance.now() < end);
});
