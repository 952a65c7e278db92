"use client";
import type { ClientDetail } from "@pacto/contract";
import { useTranslations } from "next-intl";

/** Who signs now. Their CPFs are masked, so that they are replaced as a whole or stay. */
export function KeptRepresentatives(props: {
  readonly representatives: ClientDetail["representatives"];
  readonly onReplace: () => void;
}) {
  const t = useTranslations("representatives");
  return (
    <div className="flex flex-wrap items-start justify-between gap-3">
      <div>
        <p className="label">{t("title")}</p>
        <RepresentativeList representatives={props.representatives} />
      </div>
      <button type="button" className="button button--outline button--sm" onClick={props.onReplace}>
        {t("replace")}
      </button>
    </div>
  );
}

export function RepresentativeList(props: {
  readonly representatives: ClientDetail["representatives"];
}) {
  const t = useTranslations("representatives");
  if (props.representatives.length === 0) return <p className="text-muted">{t("none")}</p>;
  return (
    <ul>
      {props.representatives.map(({ name, taxIdMasked, role }) => (
        <li key={taxIdMasked + name} className="flex flex-wrap gap-x-3">
          <span>{name}</span>
          <span className="num text-muted">{taxIdMasked}</span>
          <span className="text-muted">{role}</span>
        </li>
      ))}
    </ul>
  );
}
