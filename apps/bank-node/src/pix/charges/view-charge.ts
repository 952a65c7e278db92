import { buildBrCode, saoPauloDate } from "@pacto/banking";
import type { ChargeTermsWire, ChargeView, Manifest } from "@pacto/contract";
import { dueOf } from "./due.ts";
import { locationOf } from "./location.ts";
import type { StoredCharge } from "./sql.ts";

/** Where no city is known of the receiver. */
const NO_CITY = "BRASIL";

interface Bank {
  readonly id: string;
  readonly manifest: Manifest;
}

/** A charge as of now, with the amount of today; `terms` may be those of an earlier revision. */
export function viewCharge(
  { id, manifest }: Bank,
  charge: StoredCharge,
  terms: ChargeTermsWire = charge.terms,
  revision: number = charge.revision,
): ChargeView {
  const now = new Date();
  const isActive = charge.status === "ATIVA";
  const url = locationOf(manifest, id, charge.token);
  const { paidBy, paidAmount, paidAt } = charge;
  return {
    txid: charge.txid,
    status: charge.status,
    revision,
    key: charge.key,
    account: charge.account,
    terms,
    location: {
      id: Number(charge.locationId),
      url,
      createdAt: charge.createdAt.toISOString(),
    },
    brCode: brCodeOf(charge, url),
    due: dueOf(terms, saoPauloDate(now)),
    isPayable: isActive && charge.pending === null && now < charge.expiresAt,
    isBeingPaid: charge.pending !== null,
    expiresAt: charge.expiresAt.toISOString(),
    createdAt: charge.createdAt.toISOString(),
    changedAt: charge.changedAt.toISOString(),
    payment:
      paidBy === null || paidAmount === null || paidAt === null
        ? null
        : {
            endToEndId: paidBy,
            amountCentavos: Number(paidAmount),
            paidAt: paidAt.toISOString(),
          },
  };
}

function brCodeOf(charge: StoredCharge, url: string): string {
  const built = buildBrCode({
    kind: "dynamic",
    merchant: {
      name: charge.receiver,
      city: charge.city ?? NO_CITY,
      postalCode: null,
      categoryCode: "0000",
    },
    pointOfInitiation: "12",
    amountCentavos: null,
    url,
  });
  if (built.ok) return built.text;
  const rules = built.violations.map(({ rule }) => rule).join(", ");
  throw new Error(`no BR Code can be written of ${url}: ${rules}`);
}
