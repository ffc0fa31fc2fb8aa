import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** A passkey device in software: ES256, no attestation, its person always verified. Made from the WebAuthn Level 3 rules. */
export class Authenticator {
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly id = randomBytes(16).toString('base64url');
  counter = 0;

  /** What `navigator.credentials.create()` answers, as JSON. */
  create(options: { challenge: string; rp: { id?: string } }, origin: string): object {
    const jwk = this.#keys.publicKey.export({ format: 'jwk' });
    const cose = cborMap([
      [cborInt(1), cborInt(2)],
      [cborInt(3), cborInt(-7)],
      [cborInt(-1), cborInt(1)],
      [cborInt(-2), cborBytes(Buffer.from(jwk.x ?? '', 'base64url'))],
      [cborInt(-3), cborBytes(Buffer.from(jwk.y ?? '', 'base64url'))],
    ]);
    const rawId = Buffer.from(this.id, 'base64url');
    const length = Buffer.from([rawId.length >> 8, rawId.length & 0xff]);
    const credential = Buffer.concat([Buffer.alloc(16), length, rawId, cose]);
    const authData = Buffer.concat([this.#authData(options.rp.id ?? '', 0x45), credential]);
    const attestation = cborMap([
      [cborText('fmt'), cborText('none')],
      [cborText('attStmt'), cborMap([])],
      [cborText('authData'), cborBytes(authData)],
    ]);
    const clientDataJSON = clientData('webauthn.create', options.challenge, origin);
    return this.#answer({ clientDataJSON, attestationObject: attestation, transports: undefined });
  }

  /** What `navigator.credentials.get()` answers, as JSON. */
  get(options: { challenge: string; rpId?: string }, origin: string, flags = 0x05): object {
    this.counter++;
    const authenticatorData = this.#authData(options.rpId ?? '', flags);
    const clientDataJSON = clientData('webauthn.get', options.challenge, origin);
    const signed = Buffer.concat([authenticatorData, createHash('sha256').update(clientDataJSON).digest()]);
    const signature = sign('sha256', signed, this.#keys.privateKey as KeyObject);
    return this.#answer({ clientDataJSON, authenticatorData, signature });
  }

  #authData(rpId: string, flags: number): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), counter]);
  }

  #answer(response: Readonly<Record<string, Buffer | undefined>>): object {
    const encoded = Object.entries(response).map(([name, value]) => [
      name,
      value?.toString('base64url') ?? ['internal'],
    ]);
    return {
      id: this.id,
      rawId: this.id,
      type: 'public-key',
      response: Object.fromEntries(encoded) as object,
      clientExtensionResults: {},
    };
  }
}

function clientData(type: string, challenge: string, origin: string): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

/** RFC 8949, as much of it as a passkey needs. */
function cborHead(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 256) return Buffer.from([(major << 5) | 24, value]);
  return Buffer.from([(major << 5) | 25, value >> 8, value & 0xff]);
}

const cborInt = (value: number): Buffer => (value < 0 ? cborHead(1, -1 - value) : cborHead(0, value));
const cborBytes = (bytes: Buffer): Buffer => Buffer.concat([cborHead(2, bytes.length), bytes]);
const cborText = (text: string): Buffer => Buffer.concat([cborHead(3, text.length), Buffer.from(text)]);
const cborMap = (entries: [Buffer, Buffer][]): Buffer =>
  Buffer.concat([cborHead(5, entries.length), ...entries.flat()]);
