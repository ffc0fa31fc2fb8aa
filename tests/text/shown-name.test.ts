import { describe, expect, it } from 'vitest';
import { hasInvisible, shownName } from '../../src/text/shown-name.ts';

describe('the name that a network or a feed gives itself', () => {
  it.each([
    ['@<b>desk</b>\u001b[31m\u202e@social.example', '@<b>desk</b> [31m@social.example'],
    ['Tarn\u200b Valley\nPost\t', 'Tarn Valley Post'],
    ['Ad\u200dmin\u200c', 'Admin'],
    ['\u202e\u0000', ''],
    ['کتاب‌ها', 'کتاب‌ها'],
    ['Desk 👩‍💻', 'Desk 👩‍💻'],
    ['é'.repeat(200), 'é'.repeat(100)],
    ['😀'.repeat(200), '😀'.repeat(100)],
    [`${'a'.repeat(98)}👩‍💻`, `${'a'.repeat(98)}👩`],
  ])('%j is shown as %j', (foreign, shown) => {
    expect(shownName(foreign)).toBe(shown);
    expect(hasInvisible(shown)).toBe(false);
  });
});
