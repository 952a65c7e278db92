import { saveFile } from "./save-file.ts";

/** Hands something to the browser as a JSON file of that name. */
export function saveJson(name: string, content: unknown): void {
  saveFile({ name, mediaType: "application/json", content: JSON.stringify(content, null, 2) });
}
