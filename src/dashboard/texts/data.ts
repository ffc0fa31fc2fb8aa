/** What can be taken out, and the record of who did what. */
export const data = {
  export: 'Export',
  csv: 'All posts as CSV',
  jsonl: 'All posts as JSON lines',
  forAdmins: 'Export and audit are for admins.',
  audit: 'Who did what',
  action: 'Action',
  subject: 'Of what',
  at: 'At',
  who: 'Who',
  none: 'Nothing matches. An action is written like post.approved, a family like member.',
  more: 'Earlier',
  verify: 'Verify the record',
  whole: (count: number) => `Nothing was changed, moved or taken out: ${count} entries.`,
  broken: 'The record was changed',
  waiting: (count: number) => `${count} newest are linked within seconds.`,
  head: 'Keep this elsewhere; a later verification can be held against it:',
} as const;
