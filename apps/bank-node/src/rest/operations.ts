import type { AnyRouter } from "@trpc/server";
import { z } from "zod";
import type { RestMeta, RestMethod } from "./rest.ts";

/** One procedure as REST knows it. */
export interface RestOperation {
  readonly method: RestMethod;
  /** `/accounts/{number}` */
  readonly path: string;
  /** `accounts.get` */
  readonly procedure: string;
  readonly type: "query" | "mutation";
  /** The input's fields and the JSON type of each, where it has one. */
  readonly fields: ReadonlyMap<string, string | undefined>;
}

interface Procedure {
  readonly _def: {
    readonly type: string;
    readonly meta?: RestMeta;
    readonly inputs: readonly unknown[];
  };
}

/** The procedures that have a path, in the router's order. */
export function restOperations(router: AnyRouter): RestOperation[] {
  const procedures = router._def.procedures as Readonly<Record<string, Procedure>>;
  return Object.entries(procedures).flatMap(([procedure, { _def }]): RestOperation[] => {
    const { openapi } = _def.meta ?? {};
    if (openapi === undefined || _def.type === "subscription") return [];
    return [
      {
        method: openapi.method,
        path: openapi.path,
        procedure,
        type: _def.type === "query" ? "query" : "mutation",
        fields: fieldsOf(_def.inputs[0]),
      },
    ];
  });
}

function fieldsOf(input: unknown): Map<string, string | undefined> {
  if (!(input instanceof z.ZodType)) return new Map();
  const { properties = {} } = z.toJSONSchema(input, { io: "input", unrepresentable: "any" });
  return new Map(
    Object.entries(properties).map(([name, schema]) => [
      name,
      typeof schema === "object" && typeof schema.type === "string" ? schema.type : undefined,
    ]),
  );
}
