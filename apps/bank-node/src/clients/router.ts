import {
  clientOutput,
  createClientInput,
  getClientInput,
  listClientsInput,
  listClientsOutput,
} from "@pacto/contract";
import { router, staffProcedure } from "../trpc.ts";
import { createClient } from "./create-client.ts";
import { getClient, listClients } from "./read-clients.ts";

export const clientsRouter = router({
  create: staffProcedure("teller")
    .input(createClientInput)
    .output(clientOutput)
    .mutation(async ({ ctx, input }) => ({ client: await createClient(ctx, input) })),
  get: staffProcedure("teller", "supervisor", "auditor")
    .input(getClientInput)
    .output(clientOutput)
    .query(async ({ ctx, input }) => ({ client: await getClient(ctx, input) })),
  list: staffProcedure("teller", "supervisor", "auditor")
    .input(listClientsInput)
    .output(listClientsOutput)
    .query(({ ctx, input }) => listClients(ctx, input)),
});
