import {
  clientDetailOutput,
  clientElsewhereOutput,
  clientHistoryOutput,
  clientOutput,
  createClientInput,
  getClientInput,
  listClientsInput,
  listClientsOutput,
  revealClientInput,
  revealedClient,
  updateClientInput,
} from "@pacto/contract";
import { rest } from "../rest/rest.ts";
import { router, staffProcedure } from "../trpc.ts";
import { createClient } from "./create-client.ts";
import { getClientDetail, listClients, readClientHistory } from "./read-clients.ts";
import { readElsewhere } from "./read-elsewhere.ts";
import { revealClient } from "./reveal-client.ts";
import { updateClient } from "./update-client.ts";

export const clientsRouter = router({
  create: staffProcedure("teller")
    .meta(rest("POST", "/clients", "Register a client"))
    .input(createClientInput)
    .output(clientOutput)
    .mutation(async ({ ctx, input }) => ({ client: await createClient(ctx, input) })),
  get: staffProcedure("teller", "supervisor", "auditor")
    .meta(rest("GET", "/clients/{id}", "One client"))
    .input(getClientInput)
    .output(clientDetailOutput)
    .query(async ({ ctx, input }) => ({ client: await getClientDetail(ctx, input) })),
  update: staffProcedure("teller")
    .meta(rest("PATCH", "/clients/{id}", "Change a client"))
    .input(updateClientInput)
    .output(clientDetailOutput)
    .mutation(async ({ ctx, input }) => ({ client: await updateClient(ctx, input) })),
  reveal: staffProcedure("teller", "supervisor", "auditor")
    .meta(rest("POST", "/clients/{id}/reveal", "Personal data unmasked, for a reason"))
    .input(revealClientInput)
    .output(revealedClient)
    .mutation(({ ctx, input }) => revealClient(ctx, input)),
  history: staffProcedure("teller", "supervisor", "auditor")
    .meta(rest("GET", "/clients/{id}/revisions", "What a client was before each change"))
    .input(getClientInput)
    .output(clientHistoryOutput)
    .query(async ({ ctx, input }) => ({ revisions: await readClientHistory(ctx, input) })),
  elsewhere: staffProcedure("teller", "supervisor")
    .meta(rest("GET", "/clients/{id}/elsewhere", "The client at other banks"))
    .input(getClientInput)
    .output(clientElsewhereOutput)
    .query(({ ctx, input }) => readElsewhere(ctx, input)),
  list: staffProcedure("teller", "supervisor", "auditor")
    .meta(rest("GET", "/clients", "Clients, newest first"))
    .input(listClientsInput)
    .output(listClientsOutput)
    .query(({ ctx, input }) => listClients(ctx, input)),
});
