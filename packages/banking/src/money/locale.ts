export type Locale = "pt-BR" | "en";
