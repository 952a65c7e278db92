import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { HolderListing } from "../../features/listings/holder-listing.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("holders");
  return { title: t("title") };
}

export default function HolderListingRoute() {
  return <HolderListing />;
}
