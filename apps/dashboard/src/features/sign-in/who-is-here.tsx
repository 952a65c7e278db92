"use client";
import { Button } from "@heroui/react/button";
import { useTranslations } from "next-intl";
import { useMember } from "../../banks/banks.tsx";
import { useSession, useSignedIn } from "./session.tsx";

/** Name, bank and roles of whoever is signed in, and the way out. */
export function WhoIsHere() {
  const t = useTranslations("signIn");
  const { signOut } = useSession();
  const who = useSignedIn();
  const bank = useMember(who?.bank ?? "");
  if (who === null) return null;
  return (
    <div className="mb-3 flex items-start justify-between gap-2 text-xs">
      <div className="min-w-0">
        <p className="truncate font-medium">{who.person.name}</p>
        <p className="truncate text-subtle">
          {bank?.name} · {who.person.roles.map((role) => t(`roles.${role}`)).join(", ")}
        </p>
      </div>
      <Button size="sm" variant="ghost" onPress={() => void signOut()}>
        {t("signOut")}
      </Button>
    </div>
  );
}
