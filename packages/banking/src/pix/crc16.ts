const POLYNOMIAL = 0x1021;

/** The check sum before anything was read. */
export const CRC_BEGIN = 0xffff;

/**
 * CRC-16/CCITT-FALSE (polynomial 1021, from FFFF, nothing reflected or inverted) of the UTF-8 bytes
 * of a text, as four capital hexadecimal digits. "123456789" gives "29B1".
 */
export function crc16(text: string): string {
  let crc = CRC_BEGIN;
  for (const character of text) crc = crcAfter(crc, character);
  return crc.toString(16).toUpperCase().padStart(4, "0");
}

/** The check sum once one more character was read. */
export function crcAfter(before: number, character: string): number {
  let crc = before;
  for (const byte of utf8(character)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) {
      crc = (crc & 0x8000) === 0 ? (crc << 1) & 0xffff : ((crc << 1) ^ POLYNOMIAL) & 0xffff;
    }
  }
  return crc;
}

/** The check sum that reading this character led to `after` from: the inverse of {@link crcAfter}. */
export function crcBefore(after: number, character: string): number {
  let crc = after;
  for (const byte of utf8(character).toReversed()) {
    for (let bit = 0; bit < 8; bit += 1) {
      crc = (crc & 1) === 0 ? crc >> 1 : ((crc ^ POLYNOMIAL) >> 1) | 0x8000;
    }
    crc ^= byte << 8;
  }
  return crc;
}

/** TextEncoder belongs to no standard library that this package builds on. */
function utf8(character: string): number[] {
  const point = character.codePointAt(0) ?? 0;
  const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
  const tail = (shift: number) => 0x80 | ((code >> shift) & 0x3f);
  if (code < 0x80) return [code];
  if (code < 0x800) return [0xc0 | (code >> 6), tail(0)];
  if (code < 0x10000) return [0xe0 | (code >> 12), tail(6), tail(0)];
  return [0xf0 | (code >> 18), tail(12), tail(6), tail(0)];
}
