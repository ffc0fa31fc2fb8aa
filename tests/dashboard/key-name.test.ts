import { describe, expect, it } from 'vitest';
import { nameOf, signOf } from '../../src/dashboard/shell/key-name.ts';
import type { Pressed } from '../../src/dashboard/shell/key-name.ts';

const pressed = (key: string, code: string, held: readonly string[] = []): Pressed => ({
  key,
  code,
  isComposing: false,
  shiftKey: held.includes('Shift'),
  ctrlKey: held.includes('Control') || held.includes('AltGraph'),
  altKey: held.includes('Alt') || held.includes('AltGraph'),
  metaKey: held.includes('Meta'),
  getModifierState: (name) => held.includes(name),
});

describe('a key on a keyboard of another script', () => {
  it.each([
    ['Russian', 'о', 'j'],
    ['Greek', 'ξ', 'j'],
    ['Hebrew', 'ח', 'j'],
    ['Arabic', 'ت', 'j'],
    ['Korean', 'ㅓ', 'j'],
  ])('is known by its place: %s', (_, key, name) => {
    expect(nameOf(pressed(key, 'KeyJ'))).toBe(name);
  });

  it('is known with what is held beside it', () => {
    expect(nameOf(pressed('л', 'KeyK', ['Control']))).toBe('mod+k');
    expect(nameOf(pressed('Ф', 'KeyA', ['Shift']))).toBe('shift+a');
    expect(signOf(pressed('ы', 'KeyS', ['Meta']))).toBe('s');
  });

  it('is known where it writes two letters, a digit, or stands for a bracket that the keyboard lacks', () => {
    expect(nameOf(pressed('لا', 'KeyB'))).toBe('b');
    expect(nameOf(pressed('٣', 'Digit3'))).toBe('3');
    expect(nameOf(pressed('х', 'BracketLeft'))).toBe('[');
    expect(nameOf(pressed('Ъ', 'BracketRight', ['Shift']))).toBe('}');
  });
});

describe('a key that writes Latin', () => {
  it('is known by what it writes, wherever it stands', () => {
    // Dvorak has h where others have j; French has a in the place of q, and its digits above.
    expect(nameOf(pressed('h', 'KeyJ'))).toBe('h');
    expect(nameOf(pressed('a', 'KeyQ'))).toBe('a');
    expect(nameOf(pressed('1', 'Digit1', ['Shift']))).toBe('1');
    // German: ü is in the place of a bracket, which is written with AltGr.
    expect(nameOf(pressed('ü', 'BracketLeft'))).toBe('ü');
    expect(nameOf(pressed('[', 'Digit8', ['AltGraph']))).toBe('[');
  });

  it('is nobody’s while a word is composed, and with Alt', () => {
    expect(nameOf({ ...pressed('a', 'KeyA'), isComposing: true })).toBeNull();
    expect(nameOf(pressed('a', 'KeyA', ['Alt']))).toBeNull();
    expect(nameOf(pressed('Shift', 'ShiftLeft', ['Shift']))).toBeNull();
  });
});
