import { fileURLToPath } from 'node:url';
import { envSchema } from './env.ts';

/** `.env.example`: every variable of the schema with its purpose and default. Run this file to print it. */
export function envExample(): string {
  const entries = Object.entries(envSchema.shape).map(([name, type]) => {
    const unset = type.safeParse(undefined);
    const fallback = unset.success ? written(unset.data) : '';
    return `# ${type.description ?? ''}\n#${name}=${fallback}\n`;
  });
  const head =
    '# Every setting of standfirst, with its default. Any of them may be given as NAME_FILE, a file that holds the value.\n';
  return `${head}\n${entries.join('\n')}`;
}

function written(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'boolean') return value ? '1' : '0';
  return String(value);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(envExample());
