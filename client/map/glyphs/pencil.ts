// Pencils for the drawings of the forms.
export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
export type Point = readonly [number, number];

function path(c: Context, points: readonly Point[], closed = true): void {
  c.beginPath();
  points.forEach(([x, y], index) => (index === 0 ? c.moveTo(x, y) : c.lineTo(x, y)));
  if (closed) c.closePath();
}

export function fill(c: Context, points: readonly Point[]): void {
  path(c, points);
  c.fill();
}

export function stroke(c: Context, points: readonly Point[], closed = false): void {
  path(c, points, closed);
  c.stroke();
}

export function disc(c: Context, [x, y]: Point, radius: number): void {
  c.beginPath();
  c.arc(x, y, radius, 0, Math.PI * 2);
  c.fill();
}

export function circle(c: Context, [x, y]: Point, radius: number): void {
  c.beginPath();
  c.arc(x, y, radius, 0, Math.PI * 2);
  c.stroke();
}

export function arc(c: Context, at: readonly [number, number, number], [from, to]: Point): void {
  c.beginPath();
  c.arc(at[0], at[1], at[2], from * Math.PI, to * Math.PI);
  c.stroke();
}
