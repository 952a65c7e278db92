import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ChargeDetail } from "../../../../../features/pix/charge-detail.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("pix");
  return { title: t("charge") };
}

export default async function ChargePage(props: PageProps<"/pix/charges/[bank]/[txid]">) {
  const { bank, txid } = await props.params;
  return <ChargeDetail bank={bank} txid={txid} />;
}
