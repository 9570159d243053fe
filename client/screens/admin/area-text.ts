// Corners of an area as people write them: one a line, longitude and latitude.

/** "105.82, 32.43" a line. */
export const cornersText = (polygon: readonly (readonly [number, number])[]): string =>
  polygon.map(([lon, lat]) => `${lon}, ${lat}`).join('\n');

/** The corners; or the line that is none, counted from 1. */
export function cornersOf(text: string): { polygon: [number, number][] } | { line: number } {
  const polygon: [number, number][] = [];
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const parts = line.trim().split(/[\s,，]+/);
    const [lon, lat] = parts.map(Number);
    if (parts.length !== 2 || !Number.isFinite(lon) || !Number.isFinite(lat)) return { line: at + 1 };
    polygon.push([lon as number, lat as number]);
  }
  return { polygon };
}
