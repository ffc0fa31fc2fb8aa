// Opens the embedded database of a folder and writes rows until it is killed; each acknowledged id is a line on stdout.
import pg from 'pg';
import { Refusal } from '../../src/domain/errors.ts';
import { openEmbedded } from '../../src/store/embedded/open.ts';

const [dataDir = ''] = process.argv.slice(2);
try {
  const from = performance.now();
  const embedded = await openEmbedded({ dataDir });
  console.log(`open ${embedded.pid} ${Math.round(performance.now() - from)}`);
  const client = new pg.Client(embedded.connectionString);
  await client.connect();
  await client.query('CREATE TABLE IF NOT EXISTS public.acked (id bigserial PRIMARY KEY, text text NOT NULL)');
  for (;;) {
    const { rows } = await client.query("INSERT INTO public.acked (text) VALUES (repeat('x', 200)) RETURNING id");
    process.stdout.write(`${(rows[0] as { id: string }).id}\n`);
  }
} catch (error) {
  console.log(error instanceof Refusal ? `refused ${error.message}` : String(error));
  process.exit(1);
}
