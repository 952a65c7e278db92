import { lookup as systemLookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/**
 * Where webhooks may go: origins that the bank's operator has named, `https://hooks.example.com` or,
 * for a receiver on the same machine, `http://127.0.0.1:*`. Nobody else can point the node at an
 * address: it stands where other machines of the bank can be reached.
 */
export type Targets = readonly string[];

const TARGET =
  /^(https:\/\/[a-z0-9.-]+(:[0-9]{1,5})?|http:\/\/(127\.0\.0\.1|localhost)(:([0-9]{1,5}|\*))?)$/;

/** Reads the operator's list, separated by commas. Throws an Error that names what it is not. */
export function readTargets(text: string): Targets {
  const targets = text.split(",").map((one) => one.trim().toLowerCase());
  const wrong = targets.find((target) => !TARGET.test(target));
  if (wrong === undefined) return targets;
  throw new Error(`"${wrong}" is no https origin and no http origin on this machine`);
}

export function isAllowed(targets: Targets, text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username !== "" || url.password !== "" || url.hash !== "") return false;
  const anyPort = `${url.protocol}//${url.hostname}:*`;
  return targets.includes(url.origin) || targets.includes(anyPort);
}

const INSIDE = new BlockList();
for (const [net, bits] of [
  ...([
    ["0.0.0.0", 8],
    ["10.0.0.0", 8],
    ["100.64.0.0", 10],
    ["127.0.0.0", 8],
  ] as const),
  ...([
    ["169.254.0.0", 16],
    ["172.16.0.0", 12],
    ["192.0.0.0", 24],
    ["192.168.0.0", 16],
  ] as const),
  ...([
    ["198.18.0.0", 15],
    ["224.0.0.0", 3],
  ] as const),
] as const) {
  INSIDE.addSubnet(net, bits, "ipv4");
}
for (const [net, bits] of [
  ...([
    ["::", 127],
    ["fc00::", 7],
    ["fe80::", 10],
    ["ff00::", 8],
    ["64:ff9b::", 96],
  ] as const),
] as const) {
  INSIDE.addSubnet(net, bits, "ipv6");
}

/** Whether an address lies in the machine's or the company's own network. */
export function isInside(address: string): boolean {
  const mapped = /^::ffff:([0-9.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return isInside(mapped);
  const family = isIP(address);
  return family === 0 || INSIDE.check(address, family === 4 ? "ipv4" : "ipv6");
}

/**
 * Name resolution for a webhook: a public name that leads inside (or does so from one moment to the
 * next) is refused where the connection is made, not before.
 */
export const lookupOutside: LookupFunction = (hostname, options, callback) => {
  systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, "", 4);
    const [first] = addresses;
    if (first === undefined || addresses.some(({ address }) => isInside(address))) {
      return callback(new Error(`${hostname} leads inside`), "", 4);
    }
    return options.all === true
      ? callback(null, addresses)
      : callback(null, first.address, first.family);
  });
};
