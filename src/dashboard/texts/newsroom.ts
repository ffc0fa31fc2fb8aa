/** How the newsroom calls itself, and on which clock its times are. */
export const newsroom = {
  title: 'Your newsroom',
  why: 'Its name stands above these pages and in invitations; its clock is the one of every time, slot and quiet hour.',
  name: 'Name of the newsroom',
  nameExample: 'The Lindmoor Herald',
  noName: 'Give it a name.',
  zone: 'Time zone',
  zoneUsual: (zone: string) => `As the server has it: ${zone}`,
  noSuchZone: 'No time zone of that name. Try the nearest large city.',
  save: 'Save',
  keep: 'Keep these',
  saved: 'Saved.',
} as const;
