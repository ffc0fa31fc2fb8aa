// Makes the embedded database of a data folder, and ends it: a program, because it finds its files as the product does.
import { openEmbedded } from '../../src/store/embedded/open.ts';

const [dataDir = ''] = process.argv.slice(2);
await (await openEmbedded({ dataDir })).stop();
