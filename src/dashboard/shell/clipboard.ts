/** Copies a text. @returns false where the browser does not let the page: without TLS, or without permission. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
