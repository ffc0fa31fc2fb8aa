const unreserved = "a-z0-9_~!$&'()*+,;=:@%./\\-\\p{L}\\p{M}\\p{N}\\p{So}";
const addressForm = new RegExp(
  `^https?://(?:[a-z0-9_~!$&'()*+,;=:%.-]+@)?([^/?#@:[\\]\\s]+|\\[[0-9a-f:.]+\\])(?::\\d{1,5})?(?:/[${unreserved}]*)?(?:\\?[${unreserved}?]*)?(?:#[${unreserved}?]*)?$`,
  'iu',
);
const label = /^[\p{L}\p{M}\p{N}\p{So}](?:[\p{L}\p{M}\p{N}\p{So}_-]*[\p{L}\p{M}\p{N}\p{So}])?$/u;
const lastLabels = /^[\p{L}\p{M}\p{N}\p{So}-]+\.[\p{L}\p{M}\p{N}-]+$/u;

/**
 * Whether a text is one whole web address that every network links: `http` or `https`, a host name of at least two legal
 * labels or an IP address, and no character that an address must escape (https://www.rfc-editor.org/rfc/rfc3986).
 */
export function isWebAddress(text: string): boolean {
  const host = addressForm.exec(text)?.[1];
  if (host === undefined) return false;
  if (host.startsWith('[')) return URL.canParse(text);
  if (/^[\d.]+$/.test(host)) return /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/.test(host);
  const labels = host.split('.');
  return labels.length > 1 && labels.every((one) => label.test(one)) && lastLabels.test(labels.slice(-2).join('.'));
}
