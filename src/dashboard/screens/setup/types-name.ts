import { askWords } from '../../shell/dialogs.tsx';
import { done } from '../../shell/undo.tsx';
import { setupTexts } from '../../texts/setup.ts';

/** Before what cannot be undone: its name has to be typed. @returns whether it was. */
export async function typesName(title: string, label: string, name: string, button: string): Promise<boolean> {
  const typed = await askWords(title, label, button);
  if (typed === null) return false;
  if (typed === name) return true;
  done(setupTexts.notTheName);
  return false;
}
