// What the sentence on top counts: warnings in force now. Exercises and tests are none.
import { warning } from '../../../contracts/layers/warning.ts';
import { tableOf } from '../../stores/layers.ts';
import { cityNow } from '../../stores/time.ts';

export function currentWarnings(): number {
  const table = tableOf(warning);
  if (!table) return 0;
  const status = table.column('status');
  const expires = table.column('expiresAt');
  const events = new Set<string>();
  for (let slot = 0; slot < table.highWater; slot++) {
    if (table.alive[slot] !== 1 || (status.get(slot) ?? 'actual') !== 'actual') continue;
    if (expires.get(slot) < cityNow.value) continue;
    events.add(table.column('issuedBy').get(slot) ?? table.keyAt(slot));
  }
  return events.size;
}
