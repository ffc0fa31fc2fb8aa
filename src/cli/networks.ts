import { networks } from '../networks/registry.ts';
import { networksTable } from '../networks/table.ts';

/** Prints the networks: as the table that stands in the README, or one JSON object a line. */
export function printNetworks(options: { json?: boolean }): void {
  const text =
    options.json === true ? networks.map(({ profile }) => JSON.stringify(profile)).join('\n') : networksTable(networks);
  process.stdout.write(`${text}\n`);
}
