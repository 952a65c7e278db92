import { Buffer } from "node:buffer";
import { writeFile } from "node:fs/promises";
import type { Page } from "@playwright/test";

const [WIDTH, HEIGHT] = [640, 480];
/** Neither of the two colours of a picture in shades of grey. */
const NO_COLOUR = 128;

/** Chromium with a camera before which that film runs, over and over; nobody is asked to allow it. */
export function cameraArguments(film: string): string[] {
  return [
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    `--use-file-for-fake-video-capture=${film}`,
  ];
}

/** Writes a film (YUV4MPEG2) of a picture that is held still in the middle; the page decodes it. */
export async function writeFilm(page: Page, film: string, png: Buffer): Promise<void> {
  const shades = await page.evaluate(shadesOf, {
    picture: png.toString("base64"),
    width: WIDTH,
    height: HEIGHT,
  });
  const frame = Buffer.concat([
    Buffer.from("FRAME\n"),
    Buffer.from(shades, "base64"),
    Buffer.alloc((WIDTH * HEIGHT) / 2, NO_COLOUR),
  ]);
  const head = `YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`;
  await writeFile(film, Buffer.concat([Buffer.from(head), frame, frame]));
}

/** In the browser: the picture on white, a byte of brightness for each of its points. */
async function shadesOf(wish: {
  readonly picture: string;
  readonly width: number;
  readonly height: number;
}): Promise<string> {
  const { picture, width, height } = wish;
  const bytes = Uint8Array.from(atob(picture), (character) => character.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const context = new OffscreenCanvas(width, height).getContext("2d");
  if (context === null) throw new Error("the browser draws nothing");
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  const side = height - 80;
  context.drawImage(bitmap, (width - side) / 2, 40, side, side);
  const { data } = context.getImageData(0, 0, width, height);
  let shades = "";
  for (let at = 0; at < data.length; at += 4) shades += String.fromCharCode(data[at] ?? 0);
  return btoa(shades);
}
