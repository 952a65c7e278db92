const POLYNOMIAL = 0x1021;

/**
 * CRC-16/CCITT-FALSE (polynomial 1021, from FFFF, nothing reflected or inverted) of the UTF-8 bytes
 * of a text, as four capital hexadecimal digits. "123456789" gives "29B1".
 */
export function crc16(text: string): string {
  let crc = 0xffff;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    for (const byte of utf8(code >= 0xd800 && code <= 0xdfff ? 0xfffd : code)) {
      crc ^= byte << 8;
      for (let bit = 0; bit < 8; bit += 1) {
        crc = (crc & 0x8000) === 0 ? (crc << 1) & 0xffff : ((crc << 1) ^ POLYNOMIAL) & 0xffff;
      }
    }
  }
  return crc.toString(16).toUpperCase().padStart(4, "0");
}

/** TextEncoder belongs to no standard library that this package builds on. */
function utf8(code: number): number[] {
  const tail = (shift: number) => 0x80 | ((code >> shift) & 0x3f);
  if (code < 0x80) return [code];
  if (code < 0x800) return [0xc0 | (code >> 6), tail(0)];
  if (code < 0x10000) return [0xe0 | (code >> 12), tail(6), tail(0)];
  return [0xf0 | (code >> 18), tail(12), tail(6), tail(0)];
}
