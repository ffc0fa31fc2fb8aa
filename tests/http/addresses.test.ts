import { describe, expect, it } from 'vitest';
import { createAddressJudge } from '../../src/http/addresses.ts';

const judge = createAddressJudge([]);

describe('judging an address', () => {
  it.each([
    ['this network', '0.0.0.0'],
    ['this network', '0.255.255.255'],
    ['private 10/8', '10.0.0.1'],
    ['private 10/8', '10.255.255.255'],
    ['carrier NAT', '100.64.0.1'],
    ['carrier NAT, Alibaba metadata', '100.100.100.200'],
    ['carrier NAT', '100.127.255.255'],
    ['loopback', '127.0.0.1'],
    ['loopback', '127.255.255.254'],
    ['link-local, metadata', '169.254.169.254'],
    ['Azure’s own address', '168.63.129.16'],
    ['private 172.16/12', '172.16.0.1'],
    ['private 172.16/12', '172.31.255.255'],
    ['protocol assignments', '192.0.0.1'],
    ['documentation 1', '192.0.2.1'],
    ['6to4 relay', '192.88.99.1'],
    ['private 192.168/16', '192.168.1.1'],
    ['benchmarks', '198.18.0.1'],
    ['benchmarks', '198.19.255.255'],
    ['documentation 2', '198.51.100.1'],
    ['documentation 3', '203.0.113.1'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['IPv4-compatible', '::127.0.0.1'],
    ['IPv4-compatible', '::8.8.8.8'],
    ['IPv4-mapped loopback', '::ffff:127.0.0.1'],
    ['IPv4-mapped metadata', '::ffff:169.254.169.254'],
    ['IPv4-mapped, in hexadecimal', '::ffff:a9fe:a9fe'],
    ['IPv4-mapped, written out', '0:0:0:0:0:ffff:0a00:0001'],
    ['IPv4-translated', '::ffff:0:127.0.0.1'],
    ['NAT64', '64:ff9b::7f00:1'],
    ['NAT64', '64:ff9b::169.254.169.254'],
    ['local NAT64', '64:ff9b:1::1'],
    ['discard', '100::1'],
    ['Teredo', '2001::1'],
    ['protocol assignments', '2001:1ff::1'],
    ['documentation', '2001:db8::1'],
    ['6to4 of a private address', '2002:7f00:1::1'],
    ['6to4 of a public address', '2002:808:808::1'],
    ['documentation', '3fff::1'],
    ['segment routing', '5f00::1'],
    ['unique local', 'fc00::1'],
    ['unique local, EC2 metadata', 'fd00:ec2::254'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['site-local', 'fec0::1'],
    ['multicast', 'ff02::1'],
    ['not an address', 'example.com'],
    ['not an address', '012.0.0.1'],
    ['nothing', ''],
  ])('blocks %s: %s', (_, address) => {
    expect(judge(address)).toBe('blocked');
  });

  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '198.17.255.255',
    '198.20.0.0',
    '223.255.255.255',
    '::ffff:8.8.8.8',
    '2001:200::1',
    '2001:4860:4860::8888',
    '2606:4700:4700::1111',
    '2a00:1450:4001::1',
  ])('lets %s through', (address) => {
    expect(judge(address)).toBe('public');
  });
});

describe('the operator’s list of private ranges', () => {
  const listed = createAddressJudge(['10.1.0.0/16', '127.0.0.1', 'fd00:1::/32', ' 192.168.7.0/24 ']);

  it.each(['10.1.2.3', '127.0.0.1', '::ffff:127.0.0.1', '::ffff:a01:203', 'fd00:1::5', '192.168.7.9'])(
    'opens %s',
    (address) => {
      expect(listed(address)).toBe('allowed');
    },
  );

  it.each(['10.2.0.1', '127.0.0.2', 'fd00:2::5', '::1', '169.254.169.254', '2002:0a01:0203::1', '64:ff9b::10.1.2.3'])(
    'leaves %s closed',
    (address) => {
      expect(listed(address)).toBe('blocked');
    },
  );

  it('does not open IPv4 by an IPv6 range around the mapped addresses', () => {
    expect(createAddressJudge(['::/0'])('10.0.0.1')).toBe('blocked');
  });

  it.each(['10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', 'fd00::/129', 'localhost', '10.0.0.0/-1', '10.0/8', ''])(
    'refuses %j in one sentence',
    (range) => {
      expect(() => createAddressJudge([range])).toThrow(`"${range}" is not an address range`);
    },
  );
});
