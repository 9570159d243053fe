// Areas of the city's own (围栏), which rules of alerts name by id.
import type { AreaShape } from '../../contracts/records/city-setting.ts';
import type { LonLat } from './areas.ts';

export class Fences {
  readonly #shapes = new Map<string, AreaShape>();

  /** null: there is none of that id any more. */
  set(id: string, shape: AreaShape | null): void {
    if (shape) this.#shapes.set(id, shape);
    else this.#shapes.delete(id);
  }

  get all(): ReadonlyMap<string, AreaShape> {
    return this.#shapes;
  }

  /** The ring of one; null: there is none. */
  readonly ringOf = (id: string): readonly LonLat[] | null => this.#shapes.get(id)?.polygon ?? null;
}
