import react from '@vitejs/plugin-react';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

/** Beside each script and style its Brotli, which the server sends to whoever takes it (src/api/dashboard.ts). */
const compressed: Plugin = {
  name: 'compressed',
  async writeBundle({ dir = '' }, bundle) {
    const files = Object.keys(bundle).filter((name) => /\.(?:js|css)$/u.test(name));
    for (const file of files.map((name) => join(dir, name)))
      await writeFile(`${file}.br`, await promisify(brotliCompress)(await readFile(file)));
  },
};

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), compressed],
  // The server puts a fresh nonce in its place (src/api/dashboard.ts).
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: fileURLToPath(new URL('../../dist/dashboard', import.meta.url)),
    emptyOutDir: true,
    target: 'es2023',
    // A file inlined as data: would be refused by the policy, but for pictures.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
    // How long a build takes is the machine's matter.
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
});
