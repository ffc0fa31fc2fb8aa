/** What a statement that writes its events itself says of before and after: `change` of an event, as `recordEvent` writes it. */

/** SQL of one field's change, null where it did not change. @param before @param after SQL of a text. */
export function changeSql(field: string, before: string, after: string): string {
  return `CASE WHEN ${before} IS DISTINCT FROM ${after} THEN
    jsonb_build_array(jsonb_build_object('field', '${field}', 'before', ${before}, 'after', ${after}))::text END`;
}

/** SQL of a time as JSON has it: UTC, to the millisecond. */
export function timeSql(at: string): string {
  return `to_char(${at} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
