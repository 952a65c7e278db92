/**
 * Where a txid is used decides how long it is: in a charge 26 to 35 characters, in a static
 * BR Code 1 to 25, in a received PIX either (pix-api 2.9.0; Manual de Padrões para Iniciação do Pix
 * §2.6.2).
 */
export type TxidUse = "charge" | "static-br-code" | "received-pix";

/** Letters and digits of ASCII only: no dash, no underscore, no blank. */
export function isTxid(text: string, use: TxidUse): boolean {
  if (!/^[a-zA-Z0-9]+$/.test(text)) return false;
  if (use === "charge") return text.length >= 26 && text.length <= 35;
  return text.length <= (use === "static-br-code" ? 25 : 35);
}
