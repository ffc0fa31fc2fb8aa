// Unpacks the browser of the tests into a folder: a program, because it looks for its place in the environment.
import { unpackBrowser } from '../browser/browser.ts';

const [folder = ''] = process.argv.slice(2);
await unpackBrowser(folder);
