import { mustAsk } from "./ask.mjs";

/** @typedef {<Result>(name: string, work: () => Promise<Result>) => Promise<Result>} Step */

/** A service for each image that docker-compose.yml builds. */
const BUILT = { "pacto/tools": "init", "pacto/bank-node": "azul", "pacto/dashboard": "dashboard" };
const MEGABYTE = 1_000_000;

/**
 * Builds the images one after the other and tells their sizes.
 * @param {import("./containers.mjs").Containers} containers
 * @param {import("./base-images.mjs").BaseImages} base
 * @param {Step} step
 */
export async function buildImages(containers, base, step) {
  for (const [image, service] of Object.entries(BUILT)) {
    await step(`${image} is built`, async () => {
      await containers.compose("build", service);
      const [all, below] = await Promise.all([`${image}:compose-test`, base.node].map(sizeOf));
      return `${toMegabytes(all)}, of which ${toMegabytes(all - below)} over ${base.node}`;
    });
  }
}

/** @param {string} image */
async function sizeOf(image) {
  return Number(await mustAsk("docker", ["image", "inspect", "--format={{.Size}}", image]));
}

/** @param {number} bytes */
function toMegabytes(bytes) {
  return `${Math.round(bytes / MEGABYTE)} MB`;
}
