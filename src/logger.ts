import { pino } from 'pino';
import type { Logger as PinoLogger } from 'pino';

/** The log: JSON lines on stdout for machines, one short line for people. Secrets are cut out wherever they stand. */
export type Logger = PinoLogger;

const secret = [
  'authorization',
  'cookie',
  'token',
  'password',
  'secret',
  'credentials',
  'accessToken',
  'refreshToken',
  'apiKey',
  'key',
];
const paths = secret.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** @param level as in STANDFIRST_LOG_LEVEL. @param format `pretty` writes time, level and sentence; `json` everything. */
export function createLogger(level: string, format: 'pretty' | 'json'): Logger {
  const options = {
    level,
    redact: { paths, censor: '[redacted]' },
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  return format === 'json'
    ? pino(options)
    : pino(options, { write: (line: string) => void process.stdout.write(readable(line)) });
}

const levels: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: '',
  40: 'warning: ',
  50: 'error: ',
  60: 'fatal: ',
};

function readable(line: string): string {
  const { time, level, msg, err, ...rest } = JSON.parse(line) as {
    time: string;
    level: number;
    msg: string;
    err?: { message: string };
    pid?: number;
  };
  delete rest.pid;
  const fields = Object.entries(rest).map(
    ([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const words = `${levels[level] ?? ''}${msg}${err === undefined ? '' : `: ${err.message}`}${fields.join('')}`;
  return `${time.slice(11, 19)} ${oneLine(words)}\n`;
}

/** Foreign text must not look like a line of ours, nor steer the terminal. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]|[\u202a-\u202e\u2066-\u2069]/gu, (character) =>
    character === '\t' ? ' ' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
