// Radial gates: a curved leaf on two arms that turn about a pin behind it; raised by as much as the row says.
import type { Bay, DamPlan, Point } from './dam-plan.ts';
import type { Solid } from './solid.ts';

const STEPS = 8;
const LEAF_M = 0.9;
/** The pin stands so far behind the crest and so high over the sill, in heights of the gate. */
const PIN = { behind: 1.15, over: 0.45 };

/** The leaf from below to the top, raised by `openM`: downstream, up. */
export function leafOf({ gateHeight, sillY, headM }: DamPlan, openM: number): { leaf: Point[]; pin: Point } {
  const pin: Point = [gateHeight * PIN.behind, sillY + gateHeight * PIN.over];
  const sillZ = 0.28 * headM;
  const radius = Math.hypot(pin[0] - sillZ, pin[1] - sillY);
  const raised = Math.min(openM, gateHeight) / radius;
  const from = Math.asin((sillY - pin[1]) / radius);
  const to = Math.asin(Math.min(1, (sillY + gateHeight - pin[1]) / radius));
  const leaf = Array.from({ length: STEPS + 1 }, (_, i): Point => {
    const angle = from + ((to - from) * i) / STEPS + raised;
    return [pin[0] - radius * Math.cos(angle), pin[1] + radius * Math.sin(angle)];
  });
  return { leaf, pin };
}

export function addGate(
  steel: Solid,
  { plan, bay, openM }: { plan: DamPlan; bay: Bay; openM: number },
): void {
  const { leaf, pin } = leafOf(plan, openM);
  const back = leaf.map(([z, y]): Point => [z + LEAF_M, y]).reverse();
  const half = bay.width / 2 - 0.15;
  steel.prism([...leaf, ...back], bay.x - half, bay.x + half);
  for (const side of [-0.55, 0.55]) {
    const x = bay.x + side * half;
    for (const end of [leaf[2] as Point, leaf[STEPS - 2] as Point])
      steel.tube(x, [[end[0] + LEAF_M, end[1]], pin], 0.5);
  }
}
