/** `96 MB`, `1.4 GB` */
export function megabytesOf(bytes: number): string {
  const megabytes = bytes / 2 ** 20;
  return megabytes < 1_000 ? `${Math.max(1, Math.round(megabytes))} MB` : `${(megabytes / 1_024).toFixed(1)} GB`;
}
