// Mouse, touch and keyboard on the map: click picks or sets a point of a measure, right click and long press ask what is
// there, hover at most once a frame, arrows and + − move.
import { after, type Stop } from '../../clock.ts';
import { addPoint, finishMeasure, isMeasuring, measure } from '../../stores/measure.ts';
import { hoverAt as restsAt, hoverGroup } from '../../stores/hover.ts';
import { buildings } from '../../stores/buildings.ts';
import { placePick, takePlace } from '../../stores/place-pick.ts';
import { ask, select, view } from '../../stores/view.ts';
import type { Hit } from '../layer.ts';
import { askBuilding, chooseBuilding, hoverBuilding } from './building-watch.ts';
import { flyTo, groundAt } from './camera.ts';
import type { Stage } from './stage.ts';

const CLICK_RADIUS_PX = 10;
const HOVER_RADIUS_PX = 6;
const CLICK_SLIP_PX = 5;
const LONG_PRESS_MS = 600;
/** A pointer that only passes over buildings asks nothing of the GPU. */
const BUILDING_REST_MS = 120;
const PAN_PART = 0.12;
/** A group is looked at from this part of the height. */
const NEARER = 0.45;

interface Spot {
  readonly offsetX: number;
  readonly offsetY: number;
}

class Pointer {
  private readonly stage: Stage;
  private readonly element: HTMLElement;
  private down: { x: number; y: number } | null = null;
  private hoverAt: Spot | null = null;
  private stopPress: Stop | null = null;
  private stopRest: Stop | null = null;
  /** A long press has asked: its end is no click. */
  private pressed = false;

  constructor(stage: Stage, element: HTMLElement) {
    this.stage = stage;
    this.element = element;
  }

  listen(): () => void {
    const handlers = {
      pointerdown: (event: PointerEvent) => this.onDown(event),
      pointerup: (event: PointerEvent) => this.onUp(event),
      pointermove: (event: PointerEvent) => this.onMove(event),
      pointerleave: () => {
        this.rest(null, null);
        this.restOnBuilding(null);
      },
      dblclick: () => finishMeasure(),
      contextmenu: (event: MouseEvent) => event.preventDefault(),
      keydown: (event: KeyboardEvent) => {
        if (!event.ctrlKey && !event.metaKey && moveBy(this.stage, event.key)) event.preventDefault();
      },
    };
    const entries = Object.entries(handlers) as [string, EventListener][];
    for (const [name, handler] of entries) this.element.addEventListener(name, handler);
    return () => {
      this.stopPress?.();
      this.stopRest?.();
      for (const [name, handler] of entries) this.element.removeEventListener(name, handler);
    };
  }

  private canvasPoint({ offsetX, offsetY }: Spot): { x: number; y: number } {
    const scale = this.stage.state.viewport.width / Math.max(1, this.stage.widget.canvas.clientWidth);
    return { x: offsetX * scale, y: offsetY * scale };
  }

  private pickAt(spot: Spot, radius: number): Hit | null {
    const { x, y } = this.canvasPoint(spot);
    return this.stage.pick(x, y, radius * this.stage.state.pixelScale);
  }

  private askAt(spot: Spot): void {
    const at = groundAt(this.stage.widget, this.stage.state, this.canvasPoint(spot));
    if (!at) return;
    ask({ at, name: null });
    void askBuilding(this.stage, { x: spot.offsetX, y: spot.offsetY });
  }

  private onDown(event: PointerEvent): void {
    this.down = { x: event.offsetX, y: event.offsetY };
    this.pressed = false;
    this.stopPress?.();
    if (event.pointerType !== 'touch') return;
    const spot = { offsetX: event.offsetX, offsetY: event.offsetY };
    this.stopPress = after(LONG_PRESS_MS, () => {
      this.pressed = true;
      this.askAt(spot);
    });
  }

  private onUp(event: PointerEvent): void {
    this.stopPress?.();
    const still = this.isStill(event);
    this.down = null;
    if (!still) view.following = false;
    else if (this.pressed) return;
    else if (event.button === 2) this.askAt(event);
    else if (event.button === 0) this.click(event);
  }

  private click(spot: Spot): void {
    if (!isMeasuring() && !placePick.asking) {
      this.clickOn(spot);
      return;
    }
    const at = groundAt(this.stage.widget, this.stage.state, this.canvasPoint(spot));
    measure.aiming = false;
    if (at && placePick.asking) takePlace(at);
    else if (at) addPoint(at);
  }

  /** A row drawn there, else a building, else the area it lies in. */
  private clickOn({ offsetX, offsetY }: Spot): void {
    const hit = this.pickAt({ offsetX, offsetY }, CLICK_RADIUS_PX);
    const chooseRow = (): void => choose(this.stage, hit);
    if ((hit && !hit.ground) || !this.stage.buildings.shown) chooseRow();
    else void chooseBuilding(this.stage, { x: offsetX, y: offsetY }, chooseRow);
  }

  private isStill({ offsetX, offsetY }: Spot): boolean {
    const { down } = this;
    return down !== null && Math.hypot(offsetX - down.x, offsetY - down.y) < CLICK_SLIP_PX;
  }

  private onMove(event: PointerEvent): void {
    if (this.down && !this.isStill(event)) this.stopPress?.();
    if (this.down || event.pointerType === 'touch') return;
    const first = this.hoverAt === null;
    this.hoverAt = { offsetX: event.offsetX, offsetY: event.offsetY };
    if (first) requestAnimationFrame(() => this.hover());
  }

  private hover(): void {
    const spot = this.hoverAt;
    this.hoverAt = null;
    if (!spot) return;
    if (placePick.asking) {
      this.rest(null, null);
      this.element.style.cursor = 'crosshair';
      return;
    }
    if (isMeasuring()) {
      this.rest(null, null);
      measure.pointer = groundAt(this.stage.widget, this.stage.state, this.canvasPoint(spot));
      this.element.style.cursor = 'crosshair';
      return;
    }
    const hit = this.pickAt(spot, HOVER_RADIUS_PX);
    this.rest(spot, hit);
    this.restOnBuilding(hit && !hit.ground ? null : spot);
  }

  private restOnBuilding(spot: Spot | null): void {
    this.stopRest?.();
    this.stopRest = null;
    if (!spot || !this.stage.buildings.shown) {
      buildings.hovered = null;
      return;
    }
    const stop = after(BUILDING_REST_MS, () => {
      const at = { x: spot.offsetX, y: spot.offsetY };
      void hoverBuilding(this.stage, at, () => this.stopRest === stop);
    });
    this.stopRest = stop;
  }

  /** What the pointer rests on, for notes beside it and for lists. */
  private rest(spot: Spot | null, hit: Hit | null): void {
    const row = hit && !hit.group ? hit : null;
    const same = row?.key === view.hover?.key && row?.layer === view.hover?.layer;
    if (!same) view.hover = row && { layer: row.layer, key: row.key };
    hoverGroup.value = hit?.group ? { layer: hit.layer, count: hit.group.count } : null;
    restsAt.value = spot && { x: spot.offsetX, y: spot.offsetY };
    this.element.style.cursor = hit ? 'pointer' : '';
  }
}

export function listenToPointer(stage: Stage, element: HTMLElement): () => void {
  return new Pointer(stage, element).listen();
}

/** A row is selected; a group opens by coming nearer. */
function choose(stage: Stage, hit: Hit | null): void {
  if (!hit?.group) return select(hit && { layer: hit.layer, key: hit.key });
  const [lon, lat] = stage.state.frame.toLonLat(hit.group.east, hit.group.north);
  view.following = false;
  flyTo(stage.widget, stage.state, { lon, lat, rangeM: stage.state.heightM * NEARER });
}

function moveBy(stage: Stage, key: string): boolean {
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
