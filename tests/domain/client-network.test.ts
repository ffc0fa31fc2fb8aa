import { describe, expect, it } from 'vitest';
import { clientNetwork } from '../../src/domain/client-network.ts';

describe('whose an address is', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['::FFFF:cb00:7109', '203.0.113.9'],
    ['2001:db8:5:7:1:2:3:4', '2001:db8:5:7::/64'],
    ['2001:DB8:5:7::', '2001:db8:5:7::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', ''],
    ['no:address:at:all', 'no:address:at:all'],
  ])('%j is counted as %j', (address, network) => {
    expect(clientNetwork(address)).toBe(network);
  });

  it('is the same for all of the 2^64 addresses behind one connection, and another for the next', () => {
    expect(clientNetwork('2001:db8:5:7:ffff:ffff:ffff:ffff')).toBe(clientNetwork('2001:db8:5:7::'));
    expect(clientNetwork('2001:db8:5:8::')).not.toBe(clientNetwork('2001:db8:5:7::'));
  });
});
