import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import en from "../../messages/en.json";
import ptBR from "../../messages/pt-BR.json";
import { chooseLocale, LOCALE_COOKIE, TIME_ZONE } from "./locale.ts";

const messages = { en, "pt-BR": ptBR };

export default getRequestConfig(async () => {
  const chosen = (await cookies()).get(LOCALE_COOKIE)?.value;
  const locale = chooseLocale(chosen, (await headers()).get("accept-language"));
  return { locale, messages: messages[locale], timeZone: TIME_ZONE };
});
