// A strip of the ten digits and a comma, for counts that the shader writes. Made after the fonts are there.
import {
  MipmapHint,
  Sampler,
  Texture,
  TextureMagnificationFilter,
  TextureMinificationFilter,
  type Context,
} from 'cesium';

const CELL = { width: 40, height: 80 };
const FONT = '600 92px "Barlow Condensed"';
const CHARACTERS = '0123456789,';

/** Wait for it before the first strip. */
export async function loadDigitFont(): Promise<void> {
  await document.fonts.load(FONT, CHARACTERS);
}

export function createDigits(context: Context): Texture {
  const canvas = document.createElement('canvas');
  canvas.width = CELL.width * CHARACTERS.length;
  canvas.height = CELL.height;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('digits: no 2D canvas in this browser: use a current one');
  pen.fillStyle = '#000';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = '#fff';
  pen.font = FONT;
  pen.textAlign = 'center';
  pen.textBaseline = 'alphabetic';
  [...CHARACTERS].forEach((character, index) => {
    pen.fillText(character, (index + 0.5) * CELL.width, CELL.height * 0.9);
  });
  const texture = new Texture({ context, source: canvas, flipY: false });
  texture.generateMipmap(MipmapHint.NICEST);
  texture.sampler = new Sampler({
    minificationFilter: TextureMinificationFilter.LINEAR_MIPMAP_LINEAR,
    magnificationFilter: TextureMagnificationFilter.LINEAR,
  });
  return texture;
}
