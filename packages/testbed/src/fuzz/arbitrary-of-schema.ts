import fc from "fast-check";
import { z } from "zod";

/** The parts of JSON Schema that zod writes for our inputs. */
interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
}

/** A better value for a field of that name than its schema alone suggests; undefined for none. */
export type Suggest = (field: string) => fc.Arbitrary<unknown> | undefined;

/** Values that a procedure's input schema accepts, most of them; refinements may still refuse one. */
export function arbitraryOfSchema(schema: z.ZodType, suggest: Suggest): fc.Arbitrary<unknown> {
  const root = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
  return new Reader(root, suggest).read(root, "", 0);
}

const ITEMS_MAX = 4;
const DEPTH_MAX = 8;

class Reader {
  readonly #root: JsonSchema;
  readonly #suggest: Suggest;

  constructor(root: JsonSchema, suggest: Suggest) {
    this.#root = root;
    this.#suggest = suggest;
  }

  read(schema: JsonSchema, field: string, depth: number): fc.Arbitrary<unknown> {
    if (depth > DEPTH_MAX) return fc.constant(null);
    if (schema.$ref !== undefined) {
      const name = schema.$ref.split("/").at(-1) ?? "";
      return this.read(this.#root.$defs?.[name] ?? {}, field, depth + 1);
    }
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices !== undefined) {
      return fc.oneof(...choices.map((choice) => this.read(choice, field, depth + 1)));
    }
    if (schema.type === "object") return this.#object(schema, depth);
    if (schema.type === "array") {
      const items = this.read(schema.items ?? {}, field, depth + 1);
      const minLength = Math.min(schema.minItems ?? 0, 100);
      const maxLength = Math.max(minLength, Math.min(schema.maxItems ?? ITEMS_MAX, ITEMS_MAX));
      return fc.array(items, { minLength, maxLength });
    }
    const suggested = this.#suggest(field);
    const plain = this.#scalar(schema);
    // The schema's own corners come too.
    return suggested === undefined
      ? plain
      : fc.oneof({ arbitrary: suggested, weight: 9 }, { arbitrary: plain, weight: 1 });
  }

  #object({ properties = {}, required = [] }: JsonSchema, depth: number): fc.Arbitrary<unknown> {
    const fields = Object.fromEntries(
      Object.entries(properties).map(([name, schema]) => [
        name,
        this.read(schema, name, depth + 1),
      ]),
    );
    return fc.record(fields, { requiredKeys: required.filter((name) => name in fields) });
  }

  #scalar(schema: JsonSchema): fc.Arbitrary<unknown> {
    switch (schema.type) {
      case "boolean":
        return fc.boolean();
      case "integer":
      case "number": {
        const min = Math.max(schema.minimum ?? (schema.exclusiveMinimum ?? -1) + 1, -(2 ** 53) + 1);
        const max = Math.max(min, Math.min(schema.maximum ?? 2 ** 53 - 1, 2 ** 53 - 1));
        return fc.maxSafeInteger().map((n) => min + (Math.abs(n) % Math.max(1, max - min + 1)));
      }
      case "null":
        return fc.constant(null);
      case "string":
        return text(schema);
      default:
        return fc.jsonValue({ maxDepth: 2 });
    }
  }
}

function text({
  pattern,
  format,
  minLength = 0,
  maxLength = 60,
}: JsonSchema): fc.Arbitrary<string> {
  if (format === "uuid") return fc.uuid();
  if (format === "date-time") {
    return instant().map((at) => at.toISOString());
  }
  if (format === "date") return instant().map((at) => at.toISOString().slice(0, 10));
  if (pattern !== undefined) {
    try {
      return fc.stringMatching(new RegExp(pattern, "u"));
    } catch {
      // A class that fast-check cannot draw from: any text, which mostly fits.
    }
  }
  return fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 200)) });
}

function instant(): fc.Arbitrary<Date> {
  const options = { min: new Date("1999-01-01"), max: new Date("2199-12-31"), noInvalidDate: true };
  return fc.date(options);
}
