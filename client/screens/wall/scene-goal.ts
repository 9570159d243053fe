// Where the camera of a scene looks on this wall.
import type { SceneCamera } from '../../../contracts/records/scene.ts';
import type { Bounds, City } from '../../stores/city.ts';
import type { Crisis } from '../../stores/mode.ts';
import type { Aim, CameraGoal } from '../../stores/view.ts';

/** A place without a height of its own, metres. */
const NEAR_M = 30_000;
/** A county fills no more than this of the free picture: what is around it is part of the situation. */
const AFFECTED_SHARE = 0.8;

export function goalOf(
  camera: SceneCamera,
  { city, crisis, aim }: { city: City; crisis: Crisis | null; aim: Aim },
): CameraGoal {
  const { centre, heightM, pitchDeg } = camera;
  if (typeof centre !== 'string') return { target: { at: centre, rangeM: heightM ?? NEAR_M }, pitchDeg, aim };
  const affected = centre === 'affected' && crisis ? boundsOf(city, crisis.areas) : null;
  if (!affected) return { target: { bounds: city.bounds }, pitchDeg, aim };
  const within = { ...aim, width: aim.width * AFFECTED_SHARE, height: aim.height * AFFECTED_SHARE };
  return { target: { bounds: affected }, pitchDeg, aim: within };
}

/** A box around some counties; null where none is known, or the whole city is among them. */
export function boundsOf(city: City, codes: readonly string[]): Bounds | null {
  const boxes = codes.flatMap((code) => {
    const box = city.regionBounds.get(code.slice(0, 6));
    return box ? [box] : [];
  });
  if (boxes.length === 0 || codes.includes(city.code)) return null;
  return [
    Math.min(...boxes.map(([west]) => west)),
    Math.min(...boxes.map(([, south]) => south)),
    Math.max(...boxes.map(([, , east]) => east)),
    Math.max(...boxes.map(([, , , north]) => north)),
  ];
}
