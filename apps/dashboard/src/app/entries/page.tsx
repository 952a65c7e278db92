import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EntryListing } from "../../features/listings/entry-listing.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("entries");
  return { title: t("title") };
}

export default function EntryListingRoute() {
  return <EntryListing />;
}
