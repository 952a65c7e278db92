"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { Icon } from "../../components/icon.tsx";
import { useWaitingApprovals } from "../approvals/waiting-approvals.ts";
import { useOffers } from "./offers.tsx";
import { useSignedIn } from "../sign-in/session.tsx";
import { type Place, placeAt, placesFor } from "./places.ts";

/** The menu: groups of pages beside every page, one line that scrolls above it when narrow. */
export function Navigation() {
  const t = useTranslations("shell");
  const who = useSignedIn();
  const here = placeAt(usePathname());
  const offers = useOffers();
  return (
    <nav aria-label={t("navigation")} className="px-2 pt-2 lg:px-3 lg:pt-4">
      <ul className="flex gap-0.5 overflow-x-auto pb-1 lg:flex-col lg:gap-4 lg:pb-0">
        {placesFor(who?.person.roles ?? [], offers).map(({ group, places }) => (
          <li key={group} className="contents lg:block">
            <h2 className="hidden px-2.5 pb-1 text-2xs font-medium text-subtle lg:block">
              {t(`groups.${group}`)}
            </h2>
            <ul className="contents lg:flex lg:flex-col lg:gap-px">
              {places.map((place) => (
                <PlaceLink key={place.href} place={place} isHere={place.href === here} />
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** How many requests the reader may decide now. */
function Waiting() {
  const t = useTranslations("shell");
  const n = useWaitingApprovals();
  if (n === 0) return null;
  return (
    <span className="num ml-auto rounded-full bg-accent px-1.5 text-2xs text-accent-foreground">
      <span aria-hidden="true">{n}</span>
      <span className="sr-only">{t("waiting", { n })}</span>
    </span>
  );
}

function PlaceLink({ place, isHere }: { readonly place: Place; readonly isHere: boolean }) {
  const t = useTranslations("shell.places");
  return (
    <li>
      <Link
        href={place.href}
        aria-current={isHere ? "page" : undefined}
        className={`flex items-center gap-2 rounded-md px-2.5 py-1.5 whitespace-nowrap lg:py-1
          ${isHere ? "bg-default font-medium text-foreground" : "text-muted hover:bg-default hover:text-foreground"}`}
      >
        <Icon name={place.icon} />
        {t(place.name)}
        {place.name === "approvals" && <Waiting />}
      </Link>
    </li>
  );
}
