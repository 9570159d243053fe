// Mouse, touch and keyboard on the map: click picks, hover at most once a frame, arrows and + − move.
import type { Stage } from './stage.ts';
import {
  faceNorth,
  goHome,
  nextBuildingColour,
  select,
  toggleFlat,
  view,
  type Selection,
} from '../../stores/view.ts';

const CLICK_RADIUS_PX = 10;
const HOVER_RADIUS_PX = 6;
const CLICK_SLIP_PX = 5;
const PAN_PART = 0.12;

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

  const pickAt = (event: { offsetX: number; offsetY: number }, radius: number): Selection | null => {
    const scale = stage.state.viewport.width / Math.max(1, stage.widget.canvas.clientWidth);
    const hit = stage.pick(event.offsetX * scale, event.offsetY * scale, radius * stage.state.pixelScale);
    return hit && { layer: hit.layer, key: hit.key };
  };
  const onDown = (event: PointerEvent): void => {
    down = { x: event.offsetX, y: event.offsetY };
  };
  const onUp = (event: PointerEvent): void => {
    const still = down && Math.hypot(event.offsetX - down.x, event.offsetY - down.y) < CLICK_SLIP_PX;
    down = null;
    if (still && event.button === 0) select(pickAt(event, CLICK_RADIUS_PX));
    else if (!still) view.following = false;
  };
  const onMove = (event: PointerEvent): void => {
    if (down || event.pointerType === 'touch') return;
    const first = hoverAt === null;
    hoverAt = { x: event.offsetX, y: event.offsetY };
    if (first) requestAnimationFrame(hover);
  };
  const hover = (): void => {
    if (hoverAt) view.hover = pickAt({ offsetX: hoverAt.x, offsetY: hoverAt.y }, HOVER_RADIUS_PX);
    element.style.cursor = view.hover ? 'pointer' : '';
    hoverAt = null;
  };
  const onKey = (event: KeyboardEvent): void => {
    if (moveBy(stage, event.key)) event.preventDefault();
  };
  element.addEventListener('pointerdown', onDown);
  element.addEventListener('pointerup', onUp);
  element.addEventListener('pointermove', onMove);
  element.addEventListener('keydown', onKey);
  return () => {
    element.removeEventListener('pointerdown', onDown);
    element.removeEventListener('pointerup', onUp);
    element.removeEventListener('pointermove', onMove);
    element.removeEventListener('keydown', onKey);
  };
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
