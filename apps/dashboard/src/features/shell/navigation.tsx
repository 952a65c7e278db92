"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { Icon, type IconName } from "../../components/icon.tsx";

const places = [
  { href: "/", name: "overview" },
  { href: "/transfers", name: "transfers" },
  { href: "/cash", name: "cash" },
  { href: "/accounts", name: "accounts" },
  { href: "/clients", name: "clients" },
] as const satisfies readonly { href: string; name: IconName }[];

export function Navigation() {
  const t = useTranslations("shell");
  const pathname = usePathname();
  return (
    <nav aria-label={t("navigation")} className="px-2 pt-2 lg:px-3 lg:pt-5">
      <ul className="flex gap-0.5 overflow-x-auto pb-1 lg:flex-col lg:pb-0">
        {places.map(({ href, name }) => {
          const isHere = href === "/" ? pathname === "/" : pathname.startsWith(href);
          return (
            <li key={href}>
              <Link
                href={href}
                aria-current={isHere ? "page" : undefined}
                className={`flex items-center gap-2 rounded-md px-2.5 py-1.5 whitespace-nowrap
                  ${isHere ? "bg-default font-medium text-foreground" : "text-muted hover:bg-default hover:text-foreground"}`}
              >
                <Icon name={name} />
                {t(name)}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
