// GET /api/layers/<slug>/series: what one row said over time. Untrusted until parsed.

export interface SeriesPoint {
  readonly at: number;
  readonly value: number;
}

/** Runs of points; between two of them nothing was heard. */
export type Series = readonly (readonly SeriesPoint[])[];

export type SeriesAnswer =
  | { readonly state: 'there'; readonly runs: Series }
  /** The server keeps no history of it. */
  | { readonly state: 'none' }
  | { readonly state: 'failed'; readonly reason: string };

export interface SeriesQuestion {
  readonly layer: string;
  readonly key: string;
  readonly column: string;
  readonly from: number;
  readonly to: number;
  readonly stepS: number;
}

export async function fetchSeries(question: SeriesQuestion): Promise<SeriesAnswer> {
  const { layer, key, column, from, to, stepS } = question;
  const query = new URLSearchParams({
    key,
    columns: column,
    from: String(Math.round(from)),
    to: String(Math.round(to)),
    stepS: String(stepS),
  });
  const path = `/api/layers/${encodeURIComponent(layer)}/series?${query.toString()}`;
  try {
    const response = await fetch(path, { headers: { accept: 'application/json' } });
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    if (response.status === 404 || !isJson) return { state: 'none' };
    if (!response.ok) return { state: 'failed', reason: String(response.status) };
    return { state: 'there', runs: parseSeries(await response.json()) };
  } catch (error) {
    return { state: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Points in order, cut at the gaps. @throws Error naming what does not fit */
export function parseSeries(body: unknown): Series {
  const { points, gaps } = (body ?? {}) as { points?: unknown; gaps?: unknown };
  if (!Array.isArray(points)) throw new Error('series: no points in the answer: reload the page');
  const cuts = (Array.isArray(gaps) ? gaps : [])
    .filter((gap): gap is [number, number] => Array.isArray(gap) && typeof gap[0] === 'number')
    .map(([from]) => from);
  const runs: SeriesPoint[][] = [];
  let run: SeriesPoint[] = [];
  let last = -Infinity;
  const close = (): void => {
    if (run.length > 0) runs.push(run);
    run = [];
  };
  for (const point of points) {
    const [at, value] = Array.isArray(point) ? (point as unknown[]) : [];
    if (typeof at !== 'number') throw new Error('series: a point without a time: reload the page');
    if (cuts.some((cut) => cut > last && cut <= at)) close();
    last = at;
    // A step without a value is a gap too.
    if (typeof value === 'number') run.push({ at, value });
    else close();
  }
  close();
  return runs;
}
