// How many people live where: floor space first, then the town's own number shared out exactly.
import type { Lot } from './lots.ts';
import type { Size } from './towns.ts';

// Floor space a head, gross, m² (China 2020: about 38 in cities, 47 in the country).
const SPACE_M2: Readonly<Record<Size, number>> = { city: 38, seat: 40, town: 45, village: 48 };
// Stairs, halls and walls take the rest.
const LIVED_IN = 0.85;
// Where land is short people live closer, at most by this factor.
const CLOSEST = 1.35;

/** People the lot holds; 0 where nobody lives. */
export function capacityOf(lot: Lot, size: Size): number {
  if (lot.use !== 'residential') return 0;
  const cut = lot.notch ? 1 - lot.notch[0] * lot.notch[1] : 1;
  return (lot.length * lot.depth * cut * lot.floors * LIVED_IN) / SPACE_M2[size];
}

/** Shares `people` over the buildings by their capacity, whole persons by largest remainder. */
export function settle(homes: { building: { residents: number }; capacity: number }[], people: number): void {
  const capacity = homes.reduce((sum, home) => sum + home.capacity, 0);
  if (capacity === 0) return;
  const total = Math.min(people, Math.floor(capacity * CLOSEST));
  const exact = homes.map((home) => (home.capacity / capacity) * total);
  homes.forEach((home, i) => (home.building.residents = Math.floor(exact[i]!)));
  let left = total - homes.reduce((sum, home) => sum + home.building.residents, 0);
  const byRemainder = exact
    .map((value, i) => [value % 1, i] as const)
    .sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  for (const [, i] of byRemainder) {
    if (left-- <= 0) return;
    homes[i]!.building.residents++;
  }
}
