declare module 'earcut' {
  /** Corners of triangles as indices of vertices; holes by the number of their first vertex. */
  export default function earcut(flat: ArrayLike<number>, holes?: number[], dimensions?: number): number[];
}
