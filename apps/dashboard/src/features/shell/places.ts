import type { StaffRole } from "@pacto/contract";
import type { IconName } from "../../components/icon.tsx";

const readers = ["teller", "supervisor", "auditor", "operator"] as const;
const staffOfPix = ["teller", "supervisor", "auditor"] as const;
const everybody = [...readers, "user-admin"] as const;

/**
 * The pages of the menu, in groups, and who each is for: the node decides all the same, this only
 * keeps the menu short. A new page is one line here, its name under `shell.places` in
 * both languages, and an icon. The longest address that begins the current one is "here".
 */
export const placeGroups = [
  {
    group: "watch",
    places: [
      { href: "/", name: "overview", icon: "overview", roles: readers },
      { href: "/transfers", name: "transfers", icon: "transfers", roles: readers },
      { href: "/in-doubt", name: "inDoubt", icon: "inDoubt", roles: readers },
      { href: "/verify", name: "verify", icon: "check", roles: readers },
      { href: "/banks", name: "banks", icon: "bank", roles: readers },
      { href: "/approvals", name: "approvals", icon: "check", roles: everybody },
      { href: "/lab", name: "lab", icon: "lab", roles: ["operator"], needs: "lab" },
      { href: "/notifications", name: "notifications", icon: "bell", roles: readers },
    ],
  },
  {
    group: "counter",
    places: [
      { href: "/transfers/new", name: "newTransfer", icon: "arrow", roles: ["teller"] },
      {
        href: "/plans",
        name: "plans",
        icon: "clock",
        roles: ["teller", "supervisor", "auditor"],
      },
      { href: "/imports", name: "imports", icon: "table", roles: ["teller"] },
      {
        href: "/signatures",
        name: "signatures",
        icon: "signature",
        roles: ["teller", "supervisor", "auditor"],
      },
      { href: "/cash", name: "cash", icon: "cash", roles: ["teller", "supervisor"] },
      {
        href: "/drawer",
        name: "drawer",
        icon: "drawer",
        roles: ["teller", "supervisor", "auditor"],
      },
    ],
  },
  {
    group: "customers",
    places: [
      { href: "/clients", name: "clients", icon: "clients", roles: readers },
      { href: "/accounts", name: "accounts", icon: "accounts", roles: readers },
      { href: "/loans", name: "loans", icon: "loan", roles: ["teller", "supervisor", "auditor"] },
      {
        href: "/interest",
        name: "interest",
        icon: "interest",
        roles: ["teller", "supervisor", "auditor"],
      },
    ],
  },
  {
    group: "audit",
    places: [
      { href: "/audit", name: "audit", icon: "lock", roles: ["auditor"] },
      {
        href: "/reports",
        name: "reports",
        icon: "report",
        roles: ["teller", "supervisor", "auditor", "operator"],
      },
      { href: "/holders", name: "holders", icon: "clients", roles: ["auditor"] },
      { href: "/entries", name: "entries", icon: "table", roles: ["auditor"] },
      { href: "/webhooks", name: "webhooks", icon: "webhook", roles: ["operator", "auditor"] },
    ],
  },
  {
    group: "pix",
    places: [
      { href: "/pix", name: "pixSend", icon: "pix", roles: ["teller"] },
      { href: "/pix/charges", name: "pixCharges", icon: "charge", roles: readers },
      { href: "/pix/keys", name: "pixKeys", icon: "key", roles: staffOfPix },
      { href: "/pix/claims", name: "pixClaims", icon: "claim", roles: staffOfPix },
      { href: "/pix/schedules", name: "pixSchedules", icon: "clock", roles: staffOfPix },
      { href: "/pix/mandates", name: "pixMandates", icon: "repeat", roles: staffOfPix },
      { href: "/pix/requests", name: "pixRequests", icon: "ask", roles: staffOfPix },
      { href: "/pix/returns", name: "pixReturns", icon: "shield", roles: staffOfPix },
    ],
  },
  {
    group: "staff",
    places: [{ href: "/sessions", name: "sessions", icon: "person", roles: everybody }],
  },
] as const satisfies readonly PlaceGroup[];

interface PlaceGroup {
  readonly group: string;
  readonly places: readonly {
    readonly href: string;
    readonly name: string;
    readonly icon: IconName;
    readonly roles: readonly StaffRole[];
    /** There only where this dashboard offers it. */
    readonly needs?: Offer;
  }[];
}

/** What a dashboard may offer beside the rest: the Lab of a local consortium. */
export type Offer = "lab";

type Groups = typeof placeGroups;
export type Place = Groups[number]["places"][number];

/** The groups and pages for somebody with these roles. */
export function placesFor(
  roles: readonly StaffRole[],
  offers: ReadonlySet<Offer>,
): readonly { readonly group: Groups[number]["group"]; readonly places: readonly Place[] }[] {
  return placeGroups
    .map(({ group, places }) => ({
      group,
      places: (places as readonly Place[]).filter(
        (place) =>
          (!("needs" in place) || offers.has(place.needs)) &&
          (place.roles as readonly StaffRole[]).some((it) => roles.includes(it)),
      ),
    }))
    .filter(({ places }) => places.length > 0);
}

/** The page of the menu with exactly this address, and the roles that it is for; or null. */
export function placeWith(pathname: string): {
  readonly name: Place["name"];
  readonly roles: readonly StaffRole[];
} | null {
  const all = placeGroups.flatMap(({ places }): readonly Place[] => places);
  return all.find(({ href }) => href === pathname) ?? null;
}

/** The address of the menu that a path belongs to, or null. */
export function placeAt(pathname: string): string | null {
  const addresses = placeGroups.flatMap(({ places }) => places.map(({ href }): string => href));
  const within = addresses.filter(
    (href) => pathname === href || (href !== "/" && pathname.startsWith(`${href}/`)),
  );
  return within.toSorted((one, other) => other.length - one.length)[0] ?? null;
}
