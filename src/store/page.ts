/** One page of a list: at most `limit` rows, after the row whose sort values `after` holds. */
export interface PageRequest {
  readonly limit: number;
  /** Sort values of the last row of the page before, the id last; null on the first page. */
  readonly after: readonly (string | null)[] | null;
}
