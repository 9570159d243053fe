// Gathers plain solids into one geometry: one drawing for everything of one material.
import { BufferGeometry, Float32BufferAttribute, ShapeUtils, Vector2 } from 'three';
import type { Point } from './dam-plan.ts';

type Corner = readonly [x: number, y: number, z: number];

export class Solid {
  private readonly places: number[] = [];

  triangle(...corners: readonly [Corner, Corner, Corner]): void {
    for (const corner of corners) this.places.push(...corner);
  }

  quad(...[a, b, c, d]: readonly [Corner, Corner, Corner, Corner]): void {
    this.triangle(a, b, c);
    this.triangle(a, c, d);
  }

  /** An outline across the crest, drawn out along it. */
  prism(outline: readonly Point[], x0: number, x1: number): void {
    const from = (i: number): Point => outline[(i + outline.length) % outline.length] as Point;
    for (let i = 0; i < outline.length; i++) {
      const [[za, ya], [zb, yb]] = [from(i), from(i + 1)];
      this.quad([x0, ya, za], [x0, yb, zb], [x1, yb, zb], [x1, ya, za]);
    }
    const flat = outline.map(([z, y]) => new Vector2(z, y));
    for (const [i = 0, j = 0, k = 0] of ShapeUtils.triangulateShape(flat, [])) {
      for (const x of [x0, x1]) {
        const at = (n: number): Corner => [x, from(n)[1], from(n)[0]];
        this.triangle(at(i), at(j), at(k));
      }
    }
  }

  /** Ends along x, y and z. */
  box(
    [x0, x1]: readonly [number, number],
    [y0, y1]: readonly [number, number],
    z: readonly [number, number],
  ): void {
    const [z0, z1] = z;
    this.prism(
      [
        [z0, y0],
        [z1, y0],
        [z1, y1],
        [z0, y1],
      ],
      x0,
      x1,
    );
  }

  /** A surface along an outline, without ends. */
  sheet(outline: readonly Point[], x0: number, x1: number): void {
    for (let i = 1; i < outline.length; i++) {
      const [[za, ya], [zb, yb]] = [outline[i - 1] as Point, outline[i] as Point];
      this.quad([x0, ya, za], [x0, yb, zb], [x1, yb, zb], [x1, ya, za]);
    }
  }

  /** A round tube between two points of one x. */
  tube(x: number, [from, to]: readonly [Point, Point], radius: number): void {
    const [dz, dy] = [to[0] - from[0], to[1] - from[1]];
    const length = Math.hypot(dz, dy) || 1;
    const across: Point = [-dy / length, dz / length];
    const ring = (end: Point, angle: number): Corner => [
      x + radius * Math.cos(angle),
      end[1] + across[1] * radius * Math.sin(angle),
      end[0] + across[0] * radius * Math.sin(angle),
    ];
    const sides = 14;
    for (let i = 0; i < sides; i++) {
      const [a, b] = [(i / sides) * 2 * Math.PI, ((i + 1) / sides) * 2 * Math.PI];
      this.quad(ring(from, a), ring(to, a), ring(to, b), ring(from, b));
    }
  }

  geometry(): BufferGeometry {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new Float32BufferAttribute(this.places, 3));
    geometry.computeVertexNormals();
    return geometry;
  }
}
