// The package ships no types. `terrain` holds (2ⁿ+1)² heights, row by row.
declare module '@mapbox/martini' {
  export default class Martini {
    constructor(gridSize: number);
    createTile(terrain: Float32Array): {
      getMesh(maxError: number): { vertices: Uint16Array; triangles: Uint32Array };
    };
  }
}
