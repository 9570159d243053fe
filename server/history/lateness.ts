// What late means: how long after its moment an observation may become known and still count as known at once.
import type { Layer } from '../../contracts/layer.ts';

/** The way of a report through connectors and networks. */
const WAY_MS = 5000;

/** Milliseconds; a layer is told of once a tick. */
export const lateAfterMs = ({ tickMs }: Layer): number => WAY_MS + tickMs;

/** Files keep the moment an observation was known to the second; what is late in memory is late for this much longer. */
export const ROUNDED_MS = 1000;
