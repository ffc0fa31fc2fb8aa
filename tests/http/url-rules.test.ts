import { describe, expect, it } from 'vitest';
import { createAddressJudge } from '../../src/http/addresses.ts';
import { GuardError } from '../../src/http/failure.ts';
import { readUrl } from '../../src/http/url-rules.ts';

const rules = { judge: createAddressJudge(['10.1.0.0/16']), allowedPorts: [80, 443], namesResolveElsewhere: false };

function kindOf(address: string, over: Partial<typeof rules> = {}): string {
  try {
    return readUrl(address, { ...rules, ...over }).href;
  } catch (error) {
    expect(error).toBeInstanceOf(GuardError);
    expect((error as GuardError).message).toMatch(/^\S.*\.$/u);
    return (error as GuardError).kind;
  }
}

describe('reading an address', () => {
  it.each(['https://example.com/a?b=c', 'http://example.com/', 'https://example.com:443/', 'http://8.8.8.8/'])(
    'accepts %s',
    (address) => {
      expect(kindOf(address)).toMatch(/^https?:/u);
    },
  );

  it.each([
    'not an address',
    '',
    '/page',
    'ftp://example.com/',
    'file:///etc/passwd',
    'gopher://example.com/',
    'data:text/html,x',
    'javascript:alert(1)',
    'https://user@example.com/',
    'https://user:secret@example.com/',
    'https://:secret@example.com/',
    'http://8.8.8.8:22/',
    'http://[2606:4700:4700::1111]:6379/',
  ])('refuses %j as not an address to be fetched', (address) => {
    expect(kindOf(address)).toBe('bad-url');
  });

  it('does not repeat a password in its sentence', () => {
    expect(() => readUrl('https://user:hunter2@example.com/', rules)).not.toThrow(/hunter2/u);
    expect(() => readUrl('https://user:hunter2@example.com/', rules)).toThrow(/example\.com/u);
  });

  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://127.0.0.1./',
    'http://0177.0.0.1/',
    'http://0x7f.0.0.1/',
    'http://0x7f000001/',
    'http://2130706433/',
    'http://017700000001/',
    'http://①②⑦.⓪.⓪.①/',
    'http://0/',
    'http://012.0.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:169.254.169.254]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[0:0:0:0:0:ffff:7f00:1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[fe80::1]/',
    'http://[fd00:ec2::254]/',
    'http://10.2.0.1/',
    'http://metadata.google.internal/computeMetadata/v1/',
    'http://METADATA.google.internal./',
    'http://metadata/',
    'http://instance-data/latest/',
    'https://kubernetes.default.svc/',
  ])('blocks %s', (address) => {
    expect(kindOf(address)).toBe('blocked-address');
  });

  it('lets a listed private address through, on any port', () => {
    expect(kindOf('http://10.1.2.3:8080/x')).toBe('http://10.1.2.3:8080/x');
    expect(kindOf('http://[::ffff:10.1.2.3]:8080/')).toBe('http://[::ffff:a01:203]:8080/');
  });

  it('refuses an odd port of a name at once where a proxy resolves the names', () => {
    expect(kindOf('http://example.com:8080/', { namesResolveElsewhere: true })).toBe('bad-url');
    expect(kindOf('http://example.com/', { namesResolveElsewhere: true })).toBe('http://example.com/');
  });
});
