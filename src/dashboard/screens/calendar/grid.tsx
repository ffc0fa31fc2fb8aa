import type { ReactNode } from 'react';
import { calendarTexts } from '../../texts/calendar.ts';
import type { Cell } from './cells.ts';
import css from './grid.module.css';

interface GridProps {
  readonly label: string;
  readonly rows: readonly (readonly Cell[])[];
  /** Least width of a column of fields, in pixels. */
  readonly columnPx: number;
  /** One above each column of fields. */
  readonly heads: readonly { readonly key: string; readonly node: ReactNode }[];
  /** What stands before each row; left out, nothing does. */
  readonly rowHead?: (row: number) => string;
  /** The one field that the tab key reaches. */
  readonly current: string | undefined;
  /** Read out before what is in it. */
  readonly nameOf: (cell: Cell) => string;
  readonly classOf: (cell: Cell) => string;
  readonly styleOf?: (cell: Cell) => Record<string, string>;
  readonly children: (cell: Cell) => ReactNode;
}

const ROW_HEAD_PX = 52;

/** Fields of time in rows and columns, as assistive software knows a grid: one stop for the tab key, arrows inside. */
export function Grid(props: GridProps): ReactNode {
  const { label, rows, columnPx, heads, rowHead, current, nameOf, classOf, styleOf, children: draw } = props;
  const headPx = rowHead === undefined ? 0 : ROW_HEAD_PX;
  const columns = `repeat(${heads.length}, minmax(${columnPx}px, 1fr))`;
  const style = {
    gridTemplateColumns: rowHead === undefined ? columns : `${headPx}px ${columns}`,
    // As wide as its columns at least: what sticks to an edge stays inside of it.
    minWidth: headPx + heads.length * columnPx,
  };
  return (
    <div className={css.grid} role="grid" aria-label={label} style={style}>
      <div role="row" className={css.row}>
        {rowHead !== undefined && (
          <div role="columnheader" className={css.corner}>
            <span className="unseen">{calendarTexts.hour}</span>
          </div>
        )}
        {heads.map(({ key, node }) => (
          <div key={key} role="columnheader" className={css.head}>
            {node}
          </div>
        ))}
      </div>
      {rows.map((cells, row) => (
        <div key={cells[0]?.key} role="row" className={css.row}>
          {rowHead !== undefined && (
            <div role="rowheader" className={css.rowHead} data-row={row}>
              {rowHead(row)}
            </div>
          )}
          {cells.map((cell) => (
            <div
              key={cell.key}
              role="gridcell"
              data-cell={cell.key}
              tabIndex={cell.key === current ? 0 : -1}
              className={`${css.cell} ${classOf(cell)}`}
              style={styleOf?.(cell)}
            >
              <span className="unseen">{nameOf(cell)}</span>
              {draw(cell)}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
