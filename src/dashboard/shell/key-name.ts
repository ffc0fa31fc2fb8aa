/** What is asked of a key that was pressed. */
export interface Pressed {
  readonly key: string;
  readonly code: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly isComposing: boolean;
  getModifierState(name: string): boolean;
}

const MODIFIERS: ReadonlySet<string> = new Set(['Shift', 'Control', 'Meta', 'Alt']);
/** Signs that the keyboards of many other scripts have no key for, with what stands above each. */
const BRACKETS: Readonly<Record<string, readonly [plain: string, shifted: string]>> = {
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
};

/** The name by which a binding knows a key: `a`, `shift+a`, `mod+k`, `?`; null for what is none of ours. Pure. */
export function nameOf(event: Pressed): string | null {
  // On many keyboards [ and ] need AltGr, which also reports Alt and Ctrl.
  const isAltGr = event.getModifierState('AltGraph');
  if ((event.altKey && !isAltGr) || event.isComposing || MODIFIERS.has(event.key)) return null;
  const sign = signOf(event);
  const isLetter = /^\p{L}$/u.test(sign);
  const isShifted = event.shiftKey && (isLetter || sign.length > 1 || sign === ' ');
  return `${(event.ctrlKey || event.metaKey) && !isAltGr ? 'mod+' : ''}${isShifted ? 'shift+' : ''}${sign}`;
}

/**
 * What a key writes, small. Where that is a letter or a digit of another script, the key is known by its place: who writes
 * Russian or Arabic has no `j`, and it is where everybody else has it.
 */
export function signOf({ key, code, shiftKey }: Pick<Pressed, 'key' | 'code' | 'shiftKey'>): string {
  const small = /^\p{L}$/u.test(key) ? key.toLowerCase() : key;
  if (!isOfOtherScript(key)) return small;
  const place = /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1]?.toLowerCase();
  return place ?? BRACKETS[code]?.[shiftKey ? 1 : 0] ?? small;
}

/** Some keys write two letters. */
function isOfOtherScript(key: string): boolean {
  return /^[\p{L}\p{M}\p{Nd}]+$/u.test(key) && !/[\p{Script=Latin}0-9]/u.test(key);
}
