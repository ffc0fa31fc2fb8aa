import { askShared } from './ask.ts';

/** The folder of a browser that was unpacked once for all files of one run: see `shared.ts`. */
export function sharedBrowser(): Promise<string> {
  return askShared('/browser');
}
