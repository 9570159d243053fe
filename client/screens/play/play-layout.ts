// The wall's layout with room at its foot for what a playback needs: captions in the middle, controls along the edge.
import type { Box, WallLayout } from '../wall/wall-layout.ts';

/** Height of the controls with the edge below them, units. */
const CONTROLS_U = 6.2;
/** Where captions begin above the edge, and the room of two lines of them, units. */
const CAPTION_U = 6;

/** Columns reach down to the controls; in the middle captions stand instead of the axis of time. */
export function playLayout({ boxes, legend, aim, answerWidth }: WallLayout): WallLayout {
  const { foot: _foot, ...columns } = boxes;
  const lifted = Object.fromEntries(
    Object.entries(columns).map(([slot, box]): [string, Box] => [
      slot,
      { ...box, bottom: box.row ? box.bottom + CONTROLS_U : Math.max(CONTROLS_U, 0) },
    ]),
  );
  return {
    boxes: lifted,
    legend: { ...legend, bottom: CONTROLS_U + CAPTION_U },
    aim: { ...aim, y: aim.y - 0.03, height: aim.height - 0.1 },
    answerWidth,
  };
}

/** What is free for captions between the columns, units from both edges. */
export function captionPlace({ boxes }: WallLayout): { readonly left: number; readonly right: number } {
  const reach = (side: 'left' | 'right'): number =>
    Math.max(
      2,
      ...Object.values(boxes).map((box) =>
        box.row || box[side] === undefined || box.width === undefined ? 0 : box[side] + box.width,
      ),
    );
  return { left: reach('left') + 1.2, right: reach('right') + 1.2 };
}
