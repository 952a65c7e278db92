import { forwardCall } from "../../../../../../banks/forward.ts";

type Context = RouteContext<"/api/banks/[bank]/trpc/[...path]">;

async function forwardRequest(request: Request, context: Context): Promise<Response> {
  const { bank, path } = await context.params;
  return forwardCall(request, bank, path);
}

export { forwardRequest as GET, forwardRequest as POST };
