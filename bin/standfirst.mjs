#!/usr/bin/env node
// The command `standfirst`: starts the CLI on Node 24, wherever it is called from.
import { fileURLToPath } from 'node:url';
import { launch } from './node.mjs';

await launch(fileURLToPath(new URL('../src/cli/main.ts', import.meta.url)), process.argv.slice(2));
