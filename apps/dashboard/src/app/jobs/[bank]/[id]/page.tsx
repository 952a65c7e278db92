import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { JobDetail } from "../../../../features/jobs/job-detail.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("jobs");
  return { title: t("pageTitle") };
}

export default async function JobDetailPage(props: PageProps<"/jobs/[bank]/[id]">) {
  const { bank, id } = await props.params;
  return <JobDetail bank={bank} id={id} />;
}
