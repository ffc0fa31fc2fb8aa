import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { promisify } from 'node:util';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openMail } from '../../src/mail/mail.ts';

/** An address of this machine that the product does not know as such: to it, the server is somebody else's. */
const ELSEWHERE = '127.0.0.2';
const letter = { to: ['chief@merrow-herald.example'], subject: 'A post failed', text: 'Look at the desk.' };
const known = getCACertificates('default');

let own: { key: string; cert: string };
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'standfirst-mail-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const names = `subjectAltName=IP:127.0.0.1,IP:${ELSEWHERE}`;
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=mail', '-addext', names];
  await promisify(execFile)('openssl', [...made, '-keyout', key, '-out', cert]);
  own = { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
});
afterAll(async () => {
  setDefaultCACertificates(known);
  await rm(folder, { recursive: true, force: true });
});

interface MailServer extends AsyncDisposable {
  readonly port: number;
  /** What it was told: the password and the letters, and whether that was encrypted. */
  readonly heard: { readonly password: string; readonly isSecure: boolean }[];
  readonly letters: string[];
}

/** A real mail server that wants a password. */
async function startServer(options: SMTPServerOptions, host = ELSEWHERE): Promise<MailServer> {
  const heard: MailServer['heard'] = [];
  const letters: string[] = [];
  const server = new SMTPServer({
    ...options,
    allowInsecureAuth: true,
    onAuth({ password }, session, done) {
      heard.push({ password: String(password), isSecure: session.secure });
      done(null, { user: 'desk' });
    },
    onData(stream, _session, done) {
      let text = '';
      stream.setEncoding('utf8').on('data', (part: string) => (text += part));
      stream.on('end', () => {
        letters.push(text);
        done();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => void server.listen(0, host, resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    heard,
    letters,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(resolve)),
  };
}

const mailTo = (protocol: 'smtp' | 'smtps', port: number, host = ELSEWHERE) =>
  openMail({ url: `${protocol}://desk:harbour-light@${host}:${port}`, from: 'desk@merrow-herald.example' });

for (const protocol of ['smtp', 'smtps'] as const) {
  it(`tells the password over ${protocol} to a server whose certificate is known, encrypted`, async () => {
    setDefaultCACertificates([...known, own.cert]);
    await using server = await startServer({ ...own, secure: protocol === 'smtps' });
    await mailTo(protocol, server.port).send(letter);
    expect(server.heard).toEqual([{ password: 'harbour-light', isSecure: true }]);
    expect(server.letters[0]).toContain('Look at the desk.');
  });

  it(`tells nothing over ${protocol} to a server whose certificate nobody knows`, async () => {
    setDefaultCACertificates(known);
    await using server = await startServer({ ...own, secure: protocol === 'smtps' });
    await expect(mailTo(protocol, server.port).send(letter)).rejects.toThrow(/self-signed certificate/);
    expect([server.heard, server.letters]).toEqual([[], []]);
  });
}

it('keeps the password back from a server elsewhere that offers no encryption', async () => {
  await using server = await startServer({ disabledCommands: ['STARTTLS'] });
  await expect(mailTo('smtp', server.port).send(letter)).rejects.toThrow(/STARTTLS/);
  expect([server.heard, server.letters]).toEqual([[], []]);
});

it('tells it to a server on this machine without, where nobody can listen on the way', async () => {
  await using server = await startServer({ disabledCommands: ['STARTTLS'] }, '127.0.0.1');
  await mailTo('smtp', server.port, '127.0.0.1').send(letter);
  expect(server.heard).toEqual([{ password: 'harbour-light', isSecure: false }]);
});

it('never says the password in a refusal', async () => {
  await using server = await startServer({ disabledCommands: ['STARTTLS'] });
  const refusal = await mailTo('smtp', server.port)
    .send(letter)
    .catch((error: unknown) => error);
  expect(JSON.stringify([String(refusal), refusal])).not.toContain('harbour-light');
});
