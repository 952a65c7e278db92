import { findMember, type Manifest } from "@pacto/contract";

const PATH = "/pix/v2/";

/** Where a charge's payload is found, without scheme: at most 77 characters in a BR Code. */
export function locationOf(manifest: Manifest, bank: string, token: string): string {
  return `${hostOf(findMember(manifest, bank)?.url ?? "", bank)}${PATH}${token}`;
}

/** Whose charge a URL of a BR Code names: the member with that host, or nobody's. */
export function readLocation(
  manifest: Manifest,
  url: string,
): { readonly bank: string; readonly token: string } | undefined {
  for (const { id, url: origin } of manifest.members) {
    const prefix = `${hostOf(origin, id)}${PATH}`;
    if (url.toLowerCase().startsWith(prefix)) {
      return { bank: id, token: url.slice(prefix.length) };
    }
  }
  return undefined;
}

/** A bank without an address of its own is only ever asked between banks. */
function hostOf(origin: string, bank: string): string {
  return origin === "" ? `${bank}.pix.example` : new URL(origin).host.toLowerCase();
}
