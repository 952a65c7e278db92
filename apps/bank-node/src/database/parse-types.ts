import pg from "pg";

const INT8: number = pg.types.builtins.INT8;
const INT8_ARRAY: number = 1016;

function parseBigint(text: string): bigint {
  return BigInt(text);
}

/** `{1,NULL,3}`: an array of BIGINT has no quotes and no nesting in our queries. */
function parseBigintArray(text: string): (bigint | null)[] {
  const inner = text.slice(1, -1);
  if (inner === "") return [];
  return inner.split(",").map((item) => (item === "NULL" ? null : BigInt(item)));
}

/**
 * Type parsers of one pool: BIGINT is `bigint` in code, because money passes 2^53 in sums.
 * Given per pool and never set globally: Prisma's adapter shares the driver and expects text.
 */
export const bigintTypes: pg.CustomTypesConfig = {
  getTypeParser(oid, format) {
    if (format !== "binary" && oid === INT8) return parseBigint;
    if (format !== "binary" && oid === INT8_ARRAY) return parseBigintArray;
    return pg.types.getTypeParser(oid, format);
  },
};
