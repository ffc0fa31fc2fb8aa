/** Where an image that is kept here can be seen; null for one at a foreign address, which the page does not ask for. */
export function contentOfImage(source: string): string | null {
  return source.startsWith('media_') ? `/v1/media/${source}/content` : null;
}
