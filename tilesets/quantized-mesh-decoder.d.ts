// The package ships no types; the parts the tests read.
declare module '@here/quantized-mesh-decoder' {
  export default function decode(buffer: ArrayBuffer): {
    header: Record<string, number>;
    vertexData: Uint16Array;
    triangleIndices: Uint16Array | Uint32Array;
    westIndices: Uint16Array | Uint32Array;
    southIndices: Uint16Array | Uint32Array;
    eastIndices: Uint16Array | Uint32Array;
    northIndices: Uint16Array | Uint32Array;
    extensions: { vertexNormals?: Uint8Array };
  };
}
