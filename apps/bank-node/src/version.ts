import manifest from "../package.json" with { type: "json" };

/** This node's version, as its status tells it. */
export const VERSION: string = manifest.version;
