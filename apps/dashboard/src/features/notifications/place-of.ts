import type { NotificationKind } from "@pacto/contract";

const PLACES: Readonly<Record<string, string>> = {
  claim: "/pix/claims",
  schedule: "/pix/schedules",
  mandate: "/pix/mandates",
  request: "/pix/requests",
  return: "/pix/returns",
};

/** The page on which one can do something about it. */
export function placeOf(kind: NotificationKind): string {
  return PLACES[kind.split("-")[0] ?? ""] ?? "/notifications";
}
