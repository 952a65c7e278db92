import type { ChargeView } from "@pacto/contract";
import { useTranslations } from "next-intl";

/** Where a charge stands, in words; an active one whose time is over says so. */
export function ChargeStatus({ charge }: { readonly charge: ChargeView }) {
  const t = useTranslations("pix.status");
  if (charge.status === "ATIVA" && charge.isBeingPaid) return <span>{t("beingPaid")}</span>;
  if (charge.status === "ATIVA" && !charge.isPayable) return <span>{t("expired")}</span>;
  return <span className={charge.status === "ATIVA" ? "font-medium" : ""}>{t(charge.status)}</span>;
}
