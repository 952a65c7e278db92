import decodeQr from "qr/decode.js";

/** Widest that is looked at: larger photos are scaled down, small drawings up. */
const SIDE = 1_024;

/** The text of the QR code in an image file (or photo); null when there is none to be read. */
export async function readQrImage(file: File): Promise<string | null> {
  const image = await loadImage(file).catch(() => null);
  if (image === null) return null;
  const scale = SIDE / Math.max(image.naturalWidth, image.naturalHeight, 1);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round((image.naturalWidth || SIDE) * scale);
  canvas.height = Math.round((image.naturalHeight || SIDE) * scale);
  const context = canvas.getContext("2d");
  if (context === null) return null;
  // What is transparent is paper.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingEnabled = false;
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return readQrPixels(context.getImageData(0, 0, canvas.width, canvas.height));
}

/** The text of the QR code in a picture's pixels; null when there is none to be read. */
export function readQrPixels({ width, height, data }: ImageData): string | null {
  try {
    return decodeQr({ width, height, data });
  } catch {
    return null;
  }
}

async function loadImage(file: File): Promise<HTMLImageElement> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () =>
      resolve(typeof reader.result === "string" ? reader.result : ""),
    );
    reader.addEventListener("error", () => reject(new Error("unreadable")));
    reader.readAsDataURL(file);
  });
  const image = new Image();
  image.src = url;
  await image.decode();
  return image;
}
