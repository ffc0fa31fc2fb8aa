/** `1 post`, `3 posts` */
export function posts(count: number): string {
  return count === 1 ? '1 post' : `${count} posts`;
}
