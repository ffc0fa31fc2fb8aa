// Exit code 0 where a worker of this machine is alive, as the database sees it: the health check of a container that
// listens on no port (`node workers/beating.ts`).
import { hostname } from 'node:os';
import { readSettings } from '../src/context-settings.ts';
import { openDatabase } from '../src/store/database.ts';
import { listWorkers } from '../src/store/worker.ts';

const { databaseUrl } = readSettings('worker');
if (databaseUrl === null) throw new Error('A worker of its own needs DATABASE_URL.');
const database = openDatabase({ connectionString: databaseUrl, max: 1, name: 'standfirst-health' });
const workers = await listWorkers(database);
await database.close();
const isBeating = workers.some((worker) => worker.isAlive && worker.host === hostname());
if (!isBeating) console.error(`No worker on ${hostname()} has been seen lately.`);
process.exitCode = isBeating ? 0 : 1;
