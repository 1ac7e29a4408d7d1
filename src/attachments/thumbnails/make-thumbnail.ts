import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

export interface ThumbnailTask {
  bytes: Uint8Array;
  contentType: string;
}

/** The longest side, in pixels. */
const maxSide = 320;
const quality = 78;

/** Pixels in RGBA; browsers have this class, and the codecs expect it. */
class Pixels {
  constructor(
    readonly data: Uint8ClampedArray,
    readonly width: number,
    readonly height: number,
  ) {}
}

type Decode = (bytes: ArrayBuffer, options?: { preserveOrientation: boolean }) => Promise<Pixels>;

/**
 * A JPEG of the image, of 320 pixels at most, turned as its camera was held. It is made of the pixels alone: nothing of EXIF, of where and
 * by which phone it was taken, is in it. The codecs are WebAssembly: an image that deceives one of them gets no further than its memory.
 */
export const makeThumbnail = async ({ bytes, contentType }: ThumbnailTask): Promise<Uint8Array> => {
  (globalThis as { ImageData?: unknown }).ImageData ??= Pixels;
  const decode = await decoderOf(contentType);
  const image = await decode(new Uint8Array(bytes).buffer);
  const { encode, resize } = await makers();
  return new Uint8Array(await encode(onWhite(await resize(image, sizeOf(image))), { quality }));
};

const sizeOf = ({ width, height }: Pixels): { width: number; height: number } => {
  const scale = Math.min(1, maxSide / Math.max(width, height));
  const scaled = (side: number) => Math.max(1, Math.round(side * scale));
  return { width: scaled(width), height: scaled(height) };
};

/** JPEG knows nothing of transparency. */
const onWhite = (image: Pixels): Pixels => {
  const { data } = image;
  for (let at = 0; at < data.length; at += 4) {
    const alpha = (data[at + 3] ?? 255) / 255;
    for (let channel = at; channel < at + 3; channel += 1)
      data[channel] = Math.round((data[channel] ?? 0) * alpha + 255 * (1 - alpha));
    data[at + 3] = 255;
  }
  return image;
};

const { resolve } = createRequire(import.meta.url);
/** Types of browsers are not known here. */
const { WebAssembly: wasm } = globalThis as unknown as {
  WebAssembly: { compile: (bytes: Uint8Array) => Promise<object> };
};
/** The codecs would be fetched, as browsers do, unless they are given. */
const compiled = async (path: string): Promise<object> =>
  wasm.compile(await readFile(resolve(`@jsquash/${path}`)));
const silent = { print: () => undefined, printErr: () => undefined };

interface Codec<Work> {
  default: Work;
  init: (module: object, options?: object) => Promise<unknown>;
}
type Encode = (image: Pixels, options: { quality: number }) => Promise<ArrayBuffer>;
type Resize = (image: Pixels, size: { width: number; height: number }) => Promise<Pixels>;

const decoderOf = async (contentType: string): Promise<Decode> => {
  switch (contentType) {
    case 'image/jpeg': {
      const jpeg = (await import('@jsquash/jpeg/decode.js')) as unknown as Codec<Decode>;
      await jpeg.init(await compiled('jpeg/codec/dec/mozjpeg_dec.wasm'), silent);
      return (bytes) => jpeg.default(bytes, { preserveOrientation: true });
    }
    case 'image/png': {
      const png = (await import('@jsquash/png/decode.js')) as unknown as Codec<Decode>;
      await png.init(await compiled('png/codec/pkg/squoosh_png_bg.wasm'));
      return (bytes) => png.default(bytes);
    }
    case 'image/webp': {
      const webp = (await import('@jsquash/webp/decode.js')) as unknown as Codec<Decode>;
      await webp.init(await compiled('webp/codec/dec/webp_dec.wasm'), silent);
      return (bytes) => webp.default(bytes);
    }
    default:
      throw new Error(`nobody knows how to unpack ${contentType}`);
  }
};

const makers = async (): Promise<{ encode: Encode; resize: Resize }> => {
  const jpeg = (await import('@jsquash/jpeg/encode.js')) as unknown as Codec<Encode>;
  await jpeg.init(await compiled('jpeg/codec/enc/mozjpeg_enc.wasm'), silent);
  const { default: resize, initResize } = await import('@jsquash/resize');
  await initResize(await compiled('resize/lib/resize/pkg/squoosh_resize_bg.wasm'));
  return { encode: jpeg.default, resize: resize as unknown as Resize };
};
