// Mouse, touch and keyboard on the map: click picks, hover at most once a frame, arrows and + − move.
import type { Stage } from './stage.ts';
import { hoverAt as restsAt, hoverGroup } from '../../stores/hover.ts';
import { faceNorth, goHome, nextBuildingColour, select, toggleFlat, view } from '../../stores/view.ts';
import type { Hit } from '../layer.ts';
import { flyTo } from './camera.ts';

const CLICK_RADIUS_PX = 10;
const HOVER_RADIUS_PX = 6;
const CLICK_SLIP_PX = 5;
const PAN_PART = 0.12;
/** A group is looked at from this part of the height. */
const NEARER = 0.45;

/** Keys that ask for another view. */
const requests: Readonly<Record<string, () => void>> = {
  r: goHome,
  R: goHome,
  n: faceNorth,
  N: faceNorth,
  b: nextBuildingColour,
  B: nextBuildingColour,
  '2': () => view.flat || toggleFlat(),
  '3': () => view.flat && toggleFlat(),
};

export function listenToPointer(stage: Stage, element: HTMLElement): () => void {
  let down: { x: number; y: number } | null = null;
  let hoverAt: { x: number; y: number } | null = null;

  const pickAt = (event: { offsetX: number; offsetY: number }, radius: number): Hit | null => {
    const scale = stage.state.viewport.width / Math.max(1, stage.widget.canvas.clientWidth);
    return stage.pick(event.offsetX * scale, event.offsetY * scale, radius * stage.state.pixelScale);
  };
  const onDown = (event: PointerEvent): void => {
    down = { x: event.offsetX, y: event.offsetY };
  };
  const onUp = (event: PointerEvent): void => {
    const still = down && Math.hypot(event.offsetX - down.x, event.offsetY - down.y) < CLICK_SLIP_PX;
    down = null;
    if (!still) view.following = false;
    else if (event.button === 0) choose(stage, pickAt(event, CLICK_RADIUS_PX));
  };
  const onMove = (event: PointerEvent): void => {
    if (down || event.pointerType === 'touch') return;
    const first = hoverAt === null;
    hoverAt = { x: event.offsetX, y: event.offsetY };
    if (first) requestAnimationFrame(hover);
  };
  const hover = (): void => {
    const hit = hoverAt && pickAt({ offsetX: hoverAt.x, offsetY: hoverAt.y }, HOVER_RADIUS_PX);
    view.hover = hit && !hit.group ? { layer: hit.layer, key: hit.key } : null;
    hoverGroup.value = hit?.group ? { layer: hit.layer, count: hit.group.count } : null;
    restsAt.value = hoverAt;
    element.style.cursor = hit ? 'pointer' : '';
    hoverAt = null;
  };
  const onLeave = (): void => {
    hoverAt = null;
    view.hover = null;
    hoverGroup.value = null;
    restsAt.value = null;
  };
  const onKey = (event: KeyboardEvent): void => {
    if (moveBy(stage, event.key)) event.preventDefault();
  };
  element.addEventListener('pointerdown', onDown);
  element.addEventListener('pointerup', onUp);
  element.addEventListener('pointermove', onMove);
  element.addEventListener('pointerleave', onLeave);
  element.addEventListener('keydown', onKey);
  return () => {
    element.removeEventListener('pointerdown', onDown);
    element.removeEventListener('pointerup', onUp);
    element.removeEventListener('pointermove', onMove);
    element.removeEventListener('pointerleave', onLeave);
    element.removeEventListener('keydown', onKey);
  };
}

/** A row is selected; a group opens by coming nearer. */
function choose(stage: Stage, hit: Hit | null): void {
  if (!hit?.group) return select(hit && { layer: hit.layer, key: hit.key });
  const [lon, lat] = stage.state.frame.toLonLat(hit.group.east, hit.group.north);
  view.following = false;
  flyTo(stage.widget, stage.state, { lon, lat, rangeM: stage.state.heightM * NEARER });
}

function moveBy(stage: Stage, key: string): boolean {
  const ask = requests[key];
  if (ask) {
    ask();
    return true;
  }
  const { camera, scene } = stage.widget;
  const step = stage.state.heightM * PAN_PART;
  const moves: Readonly<Record<string, () => void>> = {
    ArrowUp: () => camera.moveUp(step),
    ArrowDown: () => camera.moveDown(step),
    ArrowLeft: () => camera.moveLeft(step),
    ArrowRight: () => camera.moveRight(step),
    '+': () => camera.moveForward(step),
    '=': () => camera.moveForward(step),
    '-': () => camera.moveBackward(step),
  };
  const move = moves[key];
  if (!move) return false;
  view.following = false;
  camera.cancelFlight();
  move();
  scene.requestRender();
  return true;
}
