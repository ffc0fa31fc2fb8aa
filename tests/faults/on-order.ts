import { readFileSync } from 'node:fs';

/**
 * Loaded into a process before the product (`node --import`), as the hand of a fault: the file FAULTS_ORDERS says by how
 * much its clock is off, and on SIGUSR2, when it is read again, for how long its event loop stands still.
 */
export interface Orders {
  readonly clockMs?: number;
  readonly blockMs?: number;
}

const file = process.env['FAULTS_ORDERS'] ?? '';
const realNow = Date.now.bind(Date);
let clockMs = 0;

function read(): Orders {
  try {
    const orders = JSON.parse(readFileSync(file, 'utf8')) as Orders;
    clockMs = orders.clockMs ?? 0;
    return orders;
  } catch {
    return {};
  }
}

// A proxy, not a subclass: a Date that was made by Node itself must still be one of these. Timers and the monotonic clock
// are left alone, as they are when a system's clock is set.
Date.now = () => realNow() + clockMs;
globalThis.Date = new Proxy(Date, {
  construct(target, given, newTarget) {
    const values = given.length === 0 ? [realNow() + clockMs] : given;
    return Reflect.construct(target, values, newTarget) as Date;
  },
});

read();
process.on('SIGUSR2', () => {
  const { blockMs = 0 } = read();
  const end = performance.now() + blockMs;
  while (performance.now() < end);
});
