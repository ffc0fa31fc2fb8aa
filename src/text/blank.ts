/** White space, control characters, and what Unicode lets a font leave out: joiners, direction marks, fillers, variation selectors. */
const nothing = /^[\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** Whether a text shows nothing, however many characters it has. */
export function isBlank(text: string): boolean {
  return nothing.test(text);
}
