/** One page of a list: at most `limit` rows, after the row whose sort values `after` holds. */
export interface PageRequest {
  readonly limit: number;
  /** Sort values of the last row of the page before, the id last; null on the first page. */
  readonly after: readonly (string | null)[] | null;
}

/** Items of a page where nobody asks for another number. */
export const USUAL_PAGE = 25;
