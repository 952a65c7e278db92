import type { FastifyInstance } from "fastify";
import type { BankContext } from "../../context.ts";
import { contextOf, type PeopleRoutesOptions } from "../../people-routes.ts";
import { chargePayload, jwksOf, readPayDay } from "./payload.ts";

interface PayloadRoute {
  Params: { token: string };
  /** `DPP`: the day on which the payer means to pay (pix-api, `/cobv/{pixUrlAccessToken}`). */
  Querystring: { DPP?: string };
}

/**
 * What a charge's BR Code leads to, open to anybody who has the code: the signed payload, and the
 * bank's keys to verify it with.
 */
export function registerPayloadRoutes(app: FastifyInstance, options: PeopleRoutesOptions): void {
  app.get<PayloadRoute>("/pix/v2/:token", async (request, reply) => {
    const { bank } = (await contextOf(options, request)) as unknown as BankContext;
    const jws = await chargePayload(bank, request.params.token, readPayDay(request.query.DPP));
    if (jws === null) return reply.callNotFound();
    return reply.type("application/jose").send(jws);
  });
  app.get("/.well-known/jwks.json", async (request, reply) => {
    const { bank } = (await contextOf(options, request)) as unknown as BankContext;
    return reply.header("cache-control", "public, max-age=300").send(jwksOf(bank));
  });
}
