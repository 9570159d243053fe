// How wide a river is drawn and kept free of buildings where no surveyed banks are known (示意).

// Half width at the mouth by order 1 (main stem), 2, 3 and smaller, metres.
const HALF_WIDTH_M = [120, 110, 48, 20, 10];
// Share of that width at the source, and the way over which it widens, km.
const AT_SOURCE = 0.35;
const WIDENS_OVER_KM = 90;

/** Metres from the middle to the bank. */
export function riverHalfWidthM(order: number, alongKm: number): number {
  const full = HALF_WIDTH_M[Math.min(HALF_WIDTH_M.length - 1, Math.max(0, order))]!;
  // A main stem enters the map as a river, a brook begins at its spring.
  const share = order <= 1 ? 0.7 : AT_SOURCE;
  return full * Math.min(1, share + ((1 - share) * alongKm) / WIDENS_OVER_KM);
}
