import type ptBR from "../../messages/pt-BR.json";
import type { Locale } from "./locale.ts";

declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: typeof ptBR;
  }
}
