import type { FastifyInstance } from "fastify";
import type { PeopleRoutesOptions } from "../../people-routes.ts";
import { addChargePaths } from "./charge-paths.ts";
import { bacenPaths } from "./paths.ts";
import { addPixPaths } from "./pix-paths.ts";
import { addWebhookPaths } from "./webhook-paths.ts";

/**
 * `/pix/api/*`: charges, received PIX, refunds and webhooks as the Banco Central's PIX API 2.9.0 has
 * them, so that a client written for it talks to a node; authorisation is by the bank's own tokens.
 */
export function registerBacenApi(app: FastifyInstance, options: PeopleRoutesOptions): void {
  const add = bacenPaths(app, options);
  addChargePaths(add);
  addPixPaths(add);
  addWebhookPaths(add);
}
