// The league table of counties out of the board: who has too few cases to be judged has no place in it. Pure.
import type { Title } from '../../../contracts/column.ts';
import type { IncidentBoard, Standing } from '../../../contracts/records/incident-board.ts';

/** Reported in the span: with fewer, one case more or less would turn the table over. */
export const FEWEST = 5;

export interface LeagueRow {
  readonly id: string;
  readonly name: Title;
  /** null: too few cases, or nothing known of them. */
  readonly place: number | null;
  readonly reported: number;
  readonly closed: number;
  readonly overdue: number;
  /** From report to close; null: nothing was closed. */
  readonly medianHours: number | null;
  /** 0–100; null: it has no place. */
  readonly score: number | null;
}

export interface League {
  readonly rows: readonly LeagueRow[];
  /** Counties that are not shown. */
  readonly left: number;
  /** How many have a place, shown or not. */
  readonly ranked: number;
  /** Of all counties in the span. */
  readonly reported: number;
  /** Whole days the board counts. */
  readonly days: number;
}

const DAY_MS = 86_400_000;

export function leagueOf(board: IncidentBoard, most: number): League {
  const counties = board.counties.filter(isCounty);
  const judged = counties.filter(isJudged).sort((a, b) => (b.score ?? 0) - (a.score ?? 0) || byId(a, b));
  const rest = counties
    .filter((one) => !isJudged(one))
    .sort((a, b) => b.reported - a.reported || b.open - a.open || byId(a, b));
  const rows = [...judged, ...rest].map((one, at): LeagueRow => ({
    ...{ id: one.id, name: one.name, reported: one.reported, closed: one.closed, overdue: one.overdue },
    medianHours: one.medianHours,
    place: at < judged.length ? at + 1 : null,
    score: at < judged.length ? one.score : null,
  }));
  return {
    rows: rows.slice(0, most),
    left: Math.max(0, rows.length - most),
    ranked: judged.length,
    reported: counties.reduce((sum, one) => sum + one.reported, 0),
    days: Math.round((board.to - board.from) / DAY_MS),
  };
}

/** The board also counts what lies in no county, under the code of the city. */
const isCounty = ({ id }: Standing): boolean => !/^\d{4}00$/.test(id);
const isJudged = ({ reported, score }: Standing): boolean => reported >= FEWEST && score !== null;
const byId = (a: Standing, b: Standing): number => a.id.localeCompare(b.id);
