/**
 * A date as machines write it: ISO 8601 or RFC 822 and their usual slips. Gives an RFC 3339 instant in UTC,
 * `YYYY-MM-DD` where there is no time, or null.
 */
export function readMachineDate(text: string): string | null {
  const clean = text.trim();
  const iso = /^(\d{4})-(\d\d)-(\d\d)$/.exec(clean);
  if (iso) return clean;
  const instant = Date.parse(clean);
  return Number.isNaN(instant) ? null : new Date(instant).toISOString();
}
