/** Whether an address may have a name, a password or a key in it: as `name:password@`, or after `?` or `#`. */
export function mayCarryKey(address: string): boolean {
  return /[@?#]/.test(address);
}
