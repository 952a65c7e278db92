/** In this order: browsers say that they are like others, and name themselves last. */
const browsers: readonly (readonly [mark: string, name: string])[] = [
  ["Edg/", "Edge"],
  ["OPR/", "Opera"],
  ["SamsungBrowser/", "Samsung Internet"],
  ["Firefox/", "Firefox"],
  ["Chrome/", "Chrome"],
  ["Safari/", "Safari"],
];
const systems: readonly (readonly [mark: string, name: string])[] = [
  ["Windows", "Windows"],
  ["Android", "Android"],
  ["iPhone", "iPhone"],
  ["iPad", "iPad"],
  ["Mac OS X", "macOS"],
  ["CrOS", "ChromeOS"],
  ["Linux", "Linux"],
];

export interface DeviceName {
  readonly browser: string;
  readonly system: string | null;
}

/**
 * Browser and system out of what a browser calls itself, as its owner would name them; another
 * program keeps the first word of its own name. Null where nothing was said.
 */
export function deviceName(said: string | null): DeviceName | null {
  if (said === null || said.trim() === "") return null;
  const [program = ""] = said.trim().split(/[\s/]/);
  return { browser: nameIn(said, browsers) ?? program, system: nameIn(said, systems) };
}

function nameIn(
  said: string,
  names: readonly (readonly [mark: string, name: string])[],
): string | null {
  return names.find(([mark]) => said.includes(mark))?.[1] ?? null;
}
