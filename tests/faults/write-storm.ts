import pg from 'pg';
import { openEmbedded } from '../../src/store/embedded/open.ts';

/**
 * `write-storm.ts <folder>`: opens the embedded database there, says `open <ms> <rows>`, and on SIGUSR2 begins to write,
 * one commit a row, without end. A number is printed when its row has been acknowledged. Numbers begin at 1 and have no gaps.
 */
const [folder = ''] = process.argv.slice(2);
const { connectionString } = await openEmbedded({ dataDir: folder });
const client = new pg.Client(connectionString);
await client.connect();
await client.query('CREATE TABLE IF NOT EXISTS public.acknowledged (n bigint PRIMARY KEY, filler text NOT NULL)');
const { rows } = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM public.acknowledged');
process.once('SIGUSR2', () => void write((rows[0]?.count ?? 0) + 1));
console.log(`open ${Math.round(performance.now())} ${rows[0]?.count}`);

async function write(first: number): Promise<never> {
  for (let n = first; ; n++) {
    await client.query('INSERT INTO public.acknowledged VALUES ($1, $2)', [n, 'a post of middling length '.repeat(10)]);
    process.stdout.write(`${n}\n`);
  }
}
