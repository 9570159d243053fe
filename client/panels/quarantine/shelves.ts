// GET /api/quarantine: what was refused, by feed and reason, with samples whose personal data the server has masked.
export interface Shelf {
  readonly feed: string;
  readonly code: string;
  readonly count: number;
  readonly lastAt: number;
  readonly samples: readonly { readonly at: number; readonly detail: string; readonly raw: string }[];
}

export interface UnknownDevice {
  readonly feed: string;
  readonly device: string;
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

export interface Quarantine {
  readonly shelves: readonly Shelf[];
  readonly unknownDevices: readonly UnknownDevice[];
}

/** @throws Error with the status when the server does not answer */
export async function fetchQuarantine(): Promise<Quarantine> {
  const response = await fetch('/api/quarantine');
  if (!response.ok) throw new Error(`/api/quarantine: ${response.status}`);
  const body = (await response.json()) as Partial<Quarantine>;
  return { shelves: body.shelves ?? [], unknownDevices: body.unknownDevices ?? [] };
}

export interface Filter {
  /** '' for all. */
  readonly feed: string;
  readonly code: string;
}

/** Shelves that fit, the last refusal first. */
export function shown(shelves: readonly Shelf[], { feed, code }: Filter): Shelf[] {
  return shelves
    .filter((shelf) => (feed === '' || shelf.feed === feed) && (code === '' || shelf.code === code))
    .sort((a, b) => b.lastAt - a.lastAt);
}

/** The earliest moment of which a sample is still kept; null where none is. */
export const earliestSample = ({ samples }: Shelf): number | null =>
  samples.length === 0 ? null : Math.min(...samples.map(({ at }) => at));
