// The real server of Bluesky accounts with one account on it, on 127.0.0.1, in a folder of its own. Plain JavaScript,
// because its packages are here only where somebody asked for them. Prints one line of JSON when it is ready.
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDS, envToCfg, envToSecrets, readEnv } from '@atproto/pds';
import plc from '@did-plc/server';

const folder = mkdtempSync(join(tmpdir(), 'standfirst-pds-'));
mkdirSync(join(folder, 'blobs'));
const [plcPort, pdsPort] = [await freePort(), await freePort()];

const directory = plc.PlcServer.create({ db: plc.Database.mock(), port: plcPort });
await directory.start();

Object.assign(process.env, {
  PDS_PORT: String(pdsPort),
  PDS_HOSTNAME: 'localhost',
  PDS_DEV_MODE: '1',
  PDS_DATA_DIRECTORY: folder,
  PDS_BLOBSTORE_DISK_LOCATION: join(folder, 'blobs'),
  PDS_DID_PLC_URL: `http://127.0.0.1:${plcPort}`,
  PDS_SERVICE_HANDLE_DOMAINS: '.test',
  PDS_INVITE_REQUIRED: '0',
  PDS_RATE_LIMITS_ENABLED: '1',
  PDS_JWT_SECRET: randomBytes(16).toString('hex'),
  PDS_DPOP_SECRET: randomBytes(32).toString('hex'),
  PDS_ADMIN_PASSWORD: randomBytes(16).toString('hex'),
  PDS_PLC_ROTATION_KEY_K256_PRIVATE_KEY_HEX: randomBytes(32).toString('hex'),
  LOG_ENABLED: '0',
});
const env = readEnv();
const pds = await PDS.create(envToCfg(env), envToSecrets(env));
await pds.start();

const service = `http://127.0.0.1:${pdsPort}`;
const password = randomBytes(16).toString('hex');
const { accessJwt, did } = await call('com.atproto.server.createAccount', {
  handle: 'desk.test',
  email: 'desk@lindmoor.test',
  password,
});
const made = await call('com.atproto.server.createAppPassword', { name: 'standfirst' }, accessJwt);
process.stdout.write(`${JSON.stringify({ service, did, identifier: 'desk.test', appPassword: made.password })}\n`);

process.once('SIGTERM', () => {
  void Promise.allSettled([pds.destroy(), directory.destroy()]).then(() => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  });
});

async function call(method, body, token) {
  const response = await fetch(`${service}/xrpc/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method}: HTTP ${response.status}: ${await response.text()}`);
  return response.json();
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
