/** One line or one layer of bars. The shape differs as well as the colour. */
export interface Series {
  readonly name: string;
  readonly tone: 'green' | 'red' | 'blue' | 'amber' | 'violet';
  readonly dash?: string;
  readonly values: readonly (number | null)[];
}

/** A line across: a goal or a capacity. */
export interface Mark {
  readonly at: number;
  readonly name: string;
  /** Heads its column in the table; none where it says nothing there. */
  readonly column?: string;
}
